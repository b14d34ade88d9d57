import type { KeyImage, Staged } from '../batch.js'
import type { UniqueKey } from '../table.js'
import type { Connection } from './connection.js'
import { quoteName } from './quote.js'
import { recordAsTable, storeRow } from './stored-row.js'
import type { Stored } from './stored-value.js'

/** A record as one unique key sees it. */
export interface KeyedRecord {
  readonly ordinal: number
  /** The members as they are bound in a look-up. */
  readonly members: readonly Stored[]
  /** Text that is equal exactly where the database calls the members equal. */
  readonly image: KeyImage
}

/**
 * The records that take part in a unique key: those within its predicate, and without a null unless it calls nulls equal.
 * Plain columns are read here; expressions and predicates are asked of SQLite, record by record.
 */
export function keyedRecords(connection: Connection, key: UniqueKey, staged: Staged): KeyedRecord[] {
  const membersOf = plainMembers(key, staged) ?? computedMembers(connection, key, staged)
  const folds = key.parts.map((part) => foldOf(staged, part))
  const keyed: KeyedRecord[] = []
  for (const row of staged.rows) {
    const members = membersOf(row.values)
    if (members === undefined || (!key.nullsNotDistinct && members.includes(null))) continue
    keyed.push({
      ordinal: row.ordinal,
      members,
      image: members.map((member, at) => folds[at]?.(member) ?? null),
    })
  }
  return keyed
}

type MembersOf = (values: readonly (string | null)[]) => Stored[] | undefined

/** Reads the members off the record; `undefined` when the key is more than columns. */
function plainMembers(key: UniqueKey, staged: Staged): MembersOf | undefined {
  const columns = key.parts.map((part) =>
    staged.columns.find((column) => columnOf(part) === quoteName(column)),
  )
  if (key.predicate !== undefined || columns.includes(undefined)) return undefined
  const names = columns as string[]
  const places = names.map((name) => staged.columns.indexOf(name))
  const store = storeRow(staged.table, names)
  return (values) => store(places.map((place) => values[place] ?? null))
}

/** Asks SQLite for the members; it answers nothing for a record outside of the predicate. */
function computedMembers(connection: Connection, key: UniqueKey, staged: Staged): MembersOf {
  const read = staged.columns.filter((column) => key.columns.includes(column))
  const places = read.map((column) => staged.columns.indexOf(column))
  const store = storeRow(staged.table, read)
  const compute = connection.reader(
    `select ${key.parts.join(', ')} from ${recordAsTable(staged.table, read, key.columns)}${key.predicate === undefined ? '' : ` where ${key.predicate}`}`,
  )
  return (values) => compute(store(places.map((place) => values[place] ?? null))) as Stored[] | undefined
}

/** `"slug" collate nocase` → `"slug"`. */
function columnOf(part: string): string {
  return part.replace(/ collate \w+$/, '')
}

/** What a member's text becomes under the collation that its part or its column has. */
function foldOf(staged: Staged, part: string): (member: Stored) => string | null {
  const column = staged.table.columns.find((candidate) => quoteName(candidate.name) === columnOf(part))
  const collation = / collate (\w+)$/.exec(part)?.[1] ?? column?.cast.split(' ')[2]
  return (member) => {
    if (member === null) return null
    const text = Buffer.isBuffer(member) ? member.toString('hex') : String(member)
    // SQLite's `nocase` folds the 26 letters of ASCII and no others.
    if (collation === 'nocase') return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    return collation === 'rtrim' ? text.replace(/ +$/, '') : text
  }
}
