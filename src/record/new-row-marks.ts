import { comparedText } from './applied-marks.js'
import { shortHashLength, writeShortHash } from './short-hash.js'

/** A column of new rows. */
export interface MarkedColumn {
  /** Its name as JSON. */
  readonly quoted: string
  readonly kind: string
  /** False for what carryover fills in by itself. */
  readonly isGiven: boolean
  /** Where its value stands. */
  readonly position: number
}

const QUOTE = 0x22
const COMMA = 0x2c
const NULL = 0x2d
const OPEN = 0x7b
const CLOSE = 0x7d

/**
 * What prints the marks of rows that are inserted, as `printMarks` does: each row holds what the source gave, or what carryover
 * filled in. Written as bytes into one place, since every row of a first import needs a few hundred of them.
 */
export function newRowMarks(
  columns: readonly MarkedColumn[],
): (texts: readonly (string | null)[], leftOut?: ReadonlySet<number>) => string {
  const heads = columns.map(({ quoted, isGiven }) => Buffer.from(`${quoted}:"${isGiven ? '' : '/'}`))
  const printed = Buffer.alloc(heads.reduce((sum, head) => sum + head.length + shortHashLength + 2, 2))
  return (texts, leftOut) => {
    let end = 1
    printed[0] = OPEN
    for (let index = 0; index < columns.length; index += 1) {
      const { position, kind } = columns[index] as MarkedColumn
      if (leftOut?.has(position) === true) continue
      if (end > 1) printed[end++] = COMMA
      const head = heads[index] as Buffer
      for (let at = 0; at < head.length; at += 1) printed[end++] = head[at] as number
      const text = texts[position] ?? null
      if (text === null) printed[end++] = NULL
      else {
        writeShortHash(comparedText(kind, text), printed, end)
        end += shortHashLength
      }
      printed[end++] = QUOTE
    }
    printed[end++] = CLOSE
    return printed.toString('utf8', 0, end)
  }
}
