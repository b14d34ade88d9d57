import type { Changes } from '../writes.js'
import { changedColumns, isSet } from './apply-stage.js'
import { entryJson, journalColumns, rowJson } from './journal.js'
import { isRow } from './row-key.js'

/**
 * Notes what is written over: rows, and what the ledger had; of what is new there is nothing to note. Undefined where all is new.
 * @param parameter of the statement: 1 the pipeline, 2 the target, 3 the run, 4 the rows whose aliases are loosened
 */
export function applyJournal(
  changes: Changes,
  step: number,
  parameter: (offset: number) => string,
  loosens: boolean,
): string | undefined {
  const { table, writes } = changes
  const [pipeline, target, run] = [parameter(1), parameter(2), `${parameter(3)}::bigint, ${step}`]
  const before = rowJson(changedColumns(changes), 't', isSet)
  const entryOf = (key: string) => `r.pipeline = ${pipeline} and r.legacy_key = ${key}`
  const parts: string[] = []
  if (writes.some((write) => write.known || write.action === 'update' || write.formerOwner !== null))
    parts.push(`select ${run}, ${pipeline}, s.carryover_legacy_key, s.carryover_action, ${target}, s.carryover_row_key,
              case when s.carryover_action = 'update' then ${before} end, ${entryJson('r')}
         from stage s
         left join carryover.records r on ${entryOf('s.carryover_legacy_key')}
         left join ${table.sql} t on s.carryover_action = 'update' and ${isRow(table, 't', 's.carryover_row_key')}
        where s.carryover_known or s.carryover_action = 'update' or s.carryover_former is not null`)
  if (writes.some((write) => write.formerOwner !== null))
    parts.push(`select ${run}, ${pipeline}, r.legacy_key, 'link', ${target}, r.row_key, null, ${entryJson('r')}
         from stage s
         join carryover.records r on ${entryOf('s.carryover_former')}`)
  if (loosens)
    parts.push(`select ${run}, ${pipeline}, r.legacy_key, 'link', ${target}, r.row_key, null, ${entryJson('r')}
         from carryover.records r
        where ${isLoosened(pipeline, parameter(3), parameter(4))}`)
  return parts.length === 0
    ? undefined
    : `insert into carryover.journal (${journalColumns})\n${parts.join('\n union all ')}`
}

/**
 * Aliases of rows whose keys change: what is known of them counts no longer. Those that this very run has made nobody asks again in
 * it: they stay what they are.
 */
export function isLoosened(pipeline: string, runId: string, rowKeys: string): string {
  return `r.pipeline = ${pipeline} and r.row_key = any (${rowKeys}::text[]) and r.role = 'alias' and r.fingerprint <> ''
          and r.run_id <> ${runId}::bigint and not exists (select 1 from stage s where s.carryover_legacy_key = r.legacy_key)`
}
