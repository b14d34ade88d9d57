import type { Batch, GoneRows } from '../batch.js'
import type { Referrer, TargetTable } from '../table.js'
import type { Scratch } from './scratch.js'

/** Pointing rows that are looked through at a time. */
const pageRows = 50_000
/** Pointing rows of one row among them. */
const fewestRows = 50

/** Which of these rows another row points at when the plan is carried out. */
export async function plannedReferred(
  real: Batch,
  scratch: Scratch,
  table: TargetTable,
  rowKeys: readonly string[],
  gone: GoneRows,
): Promise<Set<string>> {
  const away = joinGone(scratch.removedRows(), gone)
  const referred = new Set(rowKeys.filter((rowKey) => isPlannedParent(scratch, table, rowKey, gone)))
  const isOpen = (rowKey: string) => !referred.has(rowKey)
  const pointedAt = [...(await real.referredRows(table, rowKeys.filter(isOpen), away))]
  for (const referrer of table.referrers)
    for (const rowKey of await stillReferred(real, scratch, table, referrer, pointedAt.filter(isOpen), away))
      referred.add(rowKey)
  return referred
}

/** True when a row that the plan has written points at this one. */
function isPlannedParent(scratch: Scratch, table: TargetTable, rowKey: string, gone: GoneRows): boolean {
  return table.referrers.some(
    (referrer) =>
      referrer.columns.length === 1 &&
      referrer.referred[0] === table.rowKey[0] &&
      scratch
        .rowsWith(referrer.table, referrer.columns[0] as string, rowKey)
        .some((found) => found !== rowKey && gone.get(referrer.table)?.has(found) !== true),
  )
}

/** Which of these rows are pointed at by one that is there, and that the plan lets point where it does. */
async function stillReferred(
  real: Batch,
  scratch: Scratch,
  table: TargetTable,
  referrer: Referrer,
  rowKeys: readonly string[],
  away: GoneRows,
): Promise<string[]> {
  const found: string[] = []
  const lets = (rowKey: string, from: string) => {
    const isSelf = referrer.table === table.name && from === rowKey
    if (isSelf || away.get(referrer.table)?.has(from) === true) return false
    const planned = scratch.row(referrer.table, from) ?? {}
    // What the plan has written answers for itself.
    return !referrer.columns.some((column) => column in planned)
  }
  let asked = new Map<string, string | null>(rowKeys.map((rowKey) => [rowKey, null]))
  while (asked.size > 0) {
    const limit = Math.max(fewestRows, Math.floor(pageRows / asked.size))
    const pages = await real.pointingRows(table, referrer, asked, limit)
    asked = new Map()
    for (const [rowKey, page] of pages) {
      if (page.some((from) => lets(rowKey, from))) found.push(rowKey)
      else if (page.length === limit) asked.set(rowKey, page.at(-1) ?? null)
    }
  }
  return found
}

/** The rows of both. */
function joinGone(one: GoneRows, other: GoneRows): GoneRows {
  const joined = new Map<string, ReadonlySet<string>>(one)
  for (const [table, keys] of other) joined.set(table, new Set([...(joined.get(table) ?? []), ...keys]))
  return joined
}
