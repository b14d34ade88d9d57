import type { AddedEntry, NotedLine, RunStep } from '../target/history.js'
import { groupBy } from './group-by.js'
import { planStep } from './plan-step.js'
import { takeBackRows } from './take-back-rows.js'
import type { Undoing } from './undoing.js'

/** Takes one step of a run back: its rows, then what the ledger had of them. */
export async function takeBackStep(undoing: Undoing, step: RunStep): Promise<void> {
  const { lines, added } = await undoing.batch.history.writes(step, undoing.runIds)
  const byTable = groupBy<NotedLine | AddedEntry, string>([...lines, ...added], ({ target }) => target)
  for (const [name, writes] of byTable) {
    const table = await undoing.tableNamed(name)
    const own = {
      lines: writes.filter((write): write is NotedLine => 'action' in write),
      added: writes.filter((write): write is AddedEntry => !('action' in write)),
    }
    const planned = await planStep(undoing, table, own)
    const { kept } = await takeBackRows(undoing, step, table, planned)
    for (const [pipeline, entries] of groupBy(planned.entries, (entry) => entry.pipeline)) {
      const isBack = ({ legacyKey, rowKey, waitsForRow }: (typeof entries)[number]) =>
        !undoing.left.hasEntry(pipeline, legacyKey) && !(waitsForRow && kept.has(rowKey))
      for (const entry of entries) if (!isBack(entry)) undoing.left.addEntry(pipeline, entry.legacyKey)
      const back = entries.filter(isBack).map(({ legacyKey, entry }) => [legacyKey, entry] as const)
      await undoing.batch.history.putEntries(pipeline, new Map(back))
    }
  }
}
