import { shortHash } from './short-hash.js'

/** What the ledger keeps of one column of a row: eight characters for a value, `-` for null, undefined for what is not known. */
export interface AppliedMark {
  /** Of what the source gave last; undefined for a column that carryover fills by itself or leaves to the database. */
  readonly source: string | undefined
  /** Of what the row held when carryover wrote it last; undefined when it never did. */
  readonly held: string | undefined
}

/** Marks by column. */
export type AppliedMarks = ReadonlyMap<string, AppliedMark>

/** Nothing was ever applied. */
export const noMarks: AppliedMarks = new Map()

/**
 * Marks as the ledger has them, so that a later run can tell an edit without keeping the values themselves.
 * `{"name":"PkJ-xG0a","email":"q81_Zc2w/0aB3kd9x","phone":"xx09_aK1/","version":"/a8Kc01-z"}`: one mark where the row held what the
 * source gave; else what the source gave, a slash, what the row held.
 */
export function printMarks(marks: AppliedMarks): string {
  return `{${[...marks].map(printMark).join(',')}}`
}

function printMark([column, { source, held }]: readonly [string, AppliedMark]): string {
  const both = source === held ? (source ?? '') : `${source ?? ''}/${held ?? ''}`
  return `${JSON.stringify(column)}:"${both}"`
}

/** What `printMarks` has printed. */
export function parseMarks(text: string | null): AppliedMarks {
  if (text === null) return noMarks
  const entries = Object.entries(JSON.parse(text) as Record<string, string>)
  return new Map(
    entries.map(([column, printed]) => {
      const [source = '', held = source] = printed.split('/')
      return [column, { source: source || undefined, held: held || undefined }]
    }),
  )
}

/** The mark of a value, the same for texts that one column takes for one value. 48 bits: of two values one in 2^48 pairs look the same. */
export function markOf(kind: string, text: string | null): string {
  return text === null ? '-' : shortHash(comparedText(kind, text))
}

/** The one of the texts that a column takes for one value that they are all compared by. */
export function comparedText(kind: string, text: string): string {
  return kind === 'numeric' ? withoutEndingZeros(text) : text
}

/** `'1.50'` → `'1.5'`, `'2.00'` → `'2'`. */
function withoutEndingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
