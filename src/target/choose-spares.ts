import type { Parking, Spare } from './batch.js'
import { spareKinds, spareValue } from './spare-value.js'
import type { TableColumn, TargetTable } from './table.js'

/** What only the engine can tell of a row that is to hold a spare value. */
export interface SpareQuestions {
  /** Canonical text, or as the engine prints it, of what rows hold in a column; by row key. */
  held(column: TableColumn, rowKeys: readonly string[]): Promise<ReadonlyMap<string, string | null>>
  /** Of these spares of one column, those that a check of the table would refuse in their row. */
  refused(column: TableColumn, spares: readonly Spare[]): Promise<ReadonlySet<Spare>>
}

/** For each parking the first value that the checks allow, from the kind `attempt` on. */
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
      const held = await questions.held(
        column,
        items.map((item) => item.parking.rowKey),
      )
      const spares = new Map<Spare, Parking>()
      for (const { parking, make } of items) {
        const value = make(held.get(parking.rowKey) ?? null)
        if (value !== undefined) spares.set({ rowKey: parking.rowKey, column: column.name, value }, parking)
      }
      const refused = await questions.refused(column, [...spares.keys()])
      for (const [spare, parking] of spares) if (!refused.has(spare)) chosen.set(parking, spare)
    }
  }
  return [...chosen.values()]
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
