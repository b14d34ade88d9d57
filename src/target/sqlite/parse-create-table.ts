import { behindGroup, isSymbol, isWord, splitAtCommas, textOf, tokensOf, type Token } from './tokens.js'

/** A constraint that a `create table` names, or does not name. */
interface Named {
  readonly name: string | undefined
}

/** What a `create table` says and no pragma tells. */
export interface ParsedTable {
  readonly primaryKey:
    (Named & { readonly columns: readonly string[]; readonly autoincrement: boolean }) | undefined
  readonly uniques: readonly (Named & { readonly columns: readonly string[] })[]
  /** `column`: the one beside which the check is written. */
  readonly checks: readonly (Named & { readonly expression: string; readonly column: string | undefined })[]
  /** `deferred`: judged at the commit. */
  readonly foreignKeys: readonly (Named & {
    readonly columns: readonly string[]
    readonly deferred: boolean
  })[]
  /** Column, in lower case → its collation, in lower case, where one is written. */
  readonly collations: ReadonlyMap<string, string>
}

/**
 * Reads the text that `sqlite_master` keeps of a table.
 *
 * `create table t (a text collate nocase constraint t_key primary key, check (a <> ''))` →
 * a primary key `t_key` over `a`, an unnamed check, a collation
 */
export function parseCreateTable(sql: string): ParsedTable {
  const tokens = tokensOf(sql)
  const open = tokens.findIndex((token) => isSymbol(token, '('))
  const items = splitAtCommas(tokens.slice(open + 1, behindGroup(tokens, open) - 1))
  const parsed = {
    primaryKey: undefined as ParsedTable['primaryKey'],
    uniques: [] as ParsedTable['uniques'][number][],
    checks: [] as ParsedTable['checks'][number][],
    foreignKeys: [] as ParsedTable['foreignKeys'][number][],
    collations: new Map<string, string>(),
  }
  for (const item of items) readItem(sql, item, parsed)
  return parsed
}

type Parsed = {
  -readonly [Key in keyof ParsedTable]: ParsedTable[Key] extends readonly (infer One)[]
    ? One[]
    : ParsedTable[Key]
} & {
  collations: Map<string, string>
}

/** A column with its constraints, or constraints of the table. */
function readItem(sql: string, item: readonly Token[], parsed: Parsed): void {
  const isConstraint = isWord(item[0], 'constraint', 'primary', 'unique', 'check', 'foreign')
  const column = isConstraint ? undefined : item[0]?.value
  let name: string | undefined
  let pointing: string[] | undefined
  for (let at = column === undefined ? 0 : 1; at < item.length; at++) {
    const token = item[at]
    const group = isSymbol(item[at + 1], '(') ? item.slice(at + 2, behindGroup(item, at + 1) - 1) : undefined
    const groupEnd = group === undefined ? at : at + 1 + group.length + 1
    if (isWord(token, 'constraint')) name = item[++at]?.value
    else if (isWord(token, 'collate') && column !== undefined)
      parsed.collations.set(column.toLowerCase(), (item[++at]?.value ?? '').toLowerCase())
    else if (isWord(token, 'null')) name = undefined
    else if (isWord(token, 'default')) at = group === undefined ? at + 1 : groupEnd
    else if (isWord(token, 'check') && group !== undefined) {
      parsed.checks.push({ name, expression: textOf(sql, group), column })
      ;[name, at] = [undefined, groupEnd]
    } else if (isWord(token, 'unique')) {
      parsed.uniques.push({ name, columns: group === undefined ? own(column) : namesOf(group) })
      ;[name, at] = [undefined, groupEnd]
    } else if (isWord(token, 'primary')) {
      const columns = isSymbol(item[at + 2], '(')
        ? namesOf(item.slice(at + 3, behindGroup(item, at + 2) - 1))
        : own(column)
      parsed.primaryKey = { name, columns, autoincrement: item.some((word) => isWord(word, 'autoincrement')) }
      name = undefined
    } else if (isWord(token, 'foreign')) {
      pointing = namesOf(item.slice(at + 3, behindGroup(item, at + 2) - 1))
    } else if (isWord(token, 'references')) {
      parsed.foreignKeys.push({
        name,
        columns: pointing ?? own(column),
        deferred: isDeferred(item.slice(at + 1)),
      })
      ;[name, pointing] = [undefined, undefined]
    } else if (group !== undefined) at = groupEnd
  }
}

/** https://sqlite.org/foreignkeys.html, section 4.2: a key is deferred with these three words alone. */
function isDeferred(behind: readonly Token[]): boolean {
  const next = behind.findIndex((token) => isWord(token, 'references', 'constraint'))
  return (next < 0 ? behind : behind.slice(0, next)).some(
    (token, at) =>
      isWord(token, 'deferrable') &&
      !isWord(behind[at - 1], 'not') &&
      isWord(behind[at + 1], 'initially') &&
      isWord(behind[at + 2], 'deferred'),
  )
}

function own(column: string | undefined): string[] {
  return column === undefined ? [] : [column]
}

/** The first name of each item: `"a" collate nocase, b desc` → `a`, `b`. */
function namesOf(group: readonly Token[]): string[] {
  return splitAtCommas(group).map((item) => item[0]?.value ?? '')
}
