import type { Parking, Spare } from './batch.js'
import { spareKinds, spareValue } from './spare-value.js'
import type { TableColumn, TargetTable } from './table.js'

/** What only the engine can tell of a row that is to hold a spare value. */
export interface SpareQuestions {
  /** Canonical text, or as the engine prints it, of what rows hold in a column; by row key. */
  held(column: TableColumn, rowKeys: readonly string[]): Promise<ReadonlyMap<string, string | null>>
  /** Of these spares of one column, those that a check of the table would refuse in their row. */
  refused(column: TableColumn, spares: readonly Spare[]): Promise<ReadonlySet<Spare>>
  /** Of these values, those that rows hold in the column. */
  taken(column: TableColumn, values: readonly string[]): Promise<ReadonlySet<string>>
}

/** How often a value of one kind is made anew, since short ones are easily somebody's. */
const mostTries = 24

/** For each parking the first value that is nobody's and that the checks allow, from the kind `attempt` on. */
export async function chooseSpares(
  table: TargetTable,
  parkings: readonly Parking[],
  attempt: number,
  questions: SpareQuestions,
): Promise<Spare[]> {
  const chosen = new Map<Parking, Spare>()
  for (let kind = attempt; chosen.size < parkings.length; kind++) {
    const open = parkings.filter((parking) => !chosen.has(parking))
    const asked = open.flatMap((parking) => {
      const candidate = candidatesOf(table, parking)[kind]
      return candidate === undefined ? [] : [{ parking, ...candidate }]
    })
    if (asked.length === 0) break
    for (const column of new Set(asked.map((item) => item.column))) {
      const items = asked.filter((item) => item.column === column)
      for (const [parking, spare] of await freeSpares(table, column, items, [...chosen.values()], questions))
        chosen.set(parking, spare)
    }
  }
  return [...chosen.values()]
}

interface Asked extends Candidate {
  readonly parking: Parking
}

/** Values of one kind for one column; a parking that gets none waits for the next kind. */
async function freeSpares(
  table: TargetTable,
  column: TableColumn,
  asked: readonly Asked[],
  earlier: readonly Spare[],
  questions: SpareQuestions,
): Promise<Map<Parking, Spare>> {
  const held = await questions.held(
    column,
    asked.map((item) => item.parking.rowKey),
  )
  const free = new Map<Parking, Spare>()
  const given = new Set(earlier.flatMap((spare) => (spare.column === column.name ? [spare.value] : [])))
  for (let tries = 1; tries <= mostTries && free.size < asked.length; tries++) {
    const made = new Map<Spare, Parking>()
    for (const { parking, make } of asked) {
      if (free.has(parking)) continue
      const value = make(held.get(parking.rowKey) ?? null)
      if (value !== undefined) made.set({ rowKey: parking.rowKey, column: column.name, value }, parking)
    }
    if (made.size === 0) break
    const refused = await questions.refused(column, [...made.keys()])
    const values = [...made.keys()].flatMap(({ value }) => (value === null ? [] : [value]))
    const taken = await questions.taken(column, values)
    for (const [spare, parking] of made) {
      if (refused.has(spare)) continue
      const isNobodys = spare.value === null || !(given.has(spare.value) || taken.has(spare.value))
      // With the other columns of its key, a value may be free that some row holds: at last the database decides.
      if (!isNobodys && (isWholeKey(table, parking) || tries < mostTries)) continue
      given.add(spare.value)
      free.set(parking, spare)
    }
  }
  return free
}

function isWholeKey(table: TargetTable, { key }: Parking): boolean {
  return table.uniqueKeys.some(({ name, columns }) => name === key && columns.length === 1)
}

interface Candidate {
  readonly column: TableColumn
  /** Undefined: the type has none of this kind. */
  readonly make: (current: string | null) => string | null | undefined
}

/** What may be tried for a row, in order: nothing at all where the column may be empty, then made-up values; a foreign key takes no made-up one. */
function candidatesOf(table: TargetTable, { key: name, columns }: Parking): Candidate[] {
  const key = table.uniqueKeys.find((candidate) => candidate.name === name)
  const members = columns.flatMap((column) => {
    const live = table.columns.find((candidate) => candidate.name === column)
    const isMember = key?.parts.some((part) => part.includes(column)) === true
    return live === undefined || !isMember || live.generated ? [] : [live]
  })
  const points = (column: TableColumn) =>
    table.foreignKeys.some((foreign) => foreign.columns.includes(column.name))
  const free = members.filter((column) => !points(column))
  const empty = (column: TableColumn): Candidate => ({ column, make: () => null })
  const mayBeEmpty = (column: TableColumn) => column.nullable && key?.nullsNotDistinct === false
  const madeUp = (column: TableColumn): Candidate[] =>
    Array.from({ length: spareKinds }, (_, kind) => ({
      column,
      make: (current) => spareValue(column.type, current, kind),
    }))
  return [
    ...free.filter(mayBeEmpty).map(empty),
    ...free.flatMap(madeUp),
    ...members.filter((column) => points(column) && mayBeEmpty(column)).map(empty),
  ]
}

/** One spare a row and column: a row that lets go of two keys by one column needs one value. */
export function sparesByColumn(spares: readonly Spare[]): Map<string, Spare[]> {
  const byColumn = new Map<string, Map<string, Spare>>()
  for (const spare of spares) {
    const rows = byColumn.get(spare.column) ?? new Map<string, Spare>()
    byColumn.set(spare.column, rows)
    if (!rows.has(spare.rowKey)) rows.set(spare.rowKey, spare)
  }
  return new Map([...byColumn].map(([column, rows]) => [column, [...rows.values()]]))
}
