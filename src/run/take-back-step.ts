import type { AddedEntry, NotedLine, RunStep } from '../target/history.js'
import { groupBy } from './group-by.js'
import { planStep } from './plan-step.js'
import { takeBackRows } from './take-back-rows.js'
import type { Undoing } from './undoing.js'

/** Takes one step of a run back: its rows, then what the ledger had of them. */
export async function takeBackStep(undoing: Undoing, step: RunStep): Promise<void> {
  const { batch, runIds, left } = undoing
  const { lines, added } = await batch.history.writes(step, runIds)
  const byTable = groupBy<NotedLine | AddedEntry, string>([...lines, ...added], ({ target }) => target)
  for (const [name, writes] of byTable) {
    const table = await undoing.tableNamed(name)
    const planned = await planStep(undoing, table, {
      lines: writes.filter((write): write is NotedLine => 'action' in write),
      added: writes.filter((write): write is AddedEntry => !('action' in write)),
    })
    await takeBackRows(undoing, step, table, planned)
    for (const [pipeline, entries] of groupBy(planned.entries, (entry) => entry.pipeline)) {
      const back = new Map<string, string | null>()
      for (const { legacyKey, rowKey, entry } of entries) {
        // A row that stays keeps what the ledger has of it, be it nothing, for all earlier steps too.
        if (left.keepsRow(name, rowKey)) left.keepEntry(pipeline, legacyKey)
        if (!left.keepsEntry(pipeline, legacyKey)) back.set(legacyKey, entry)
      }
      await batch.history.putEntries(pipeline, back)
    }
  }
}
