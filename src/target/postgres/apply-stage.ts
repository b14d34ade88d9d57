import type { Changes, Write } from '../writes.js'
import { seenJson } from './as-seen.js'
import { quoteName } from './quote.js'
import { rowKeyText } from './row-key.js'
import { stageSql, type ExtraColumn, type StageSql } from './stage.js'

/** The writes of a batch as rows: what is to be written, and beside it what the ledger is to have. */
export function applyStage(changes: Changes): StageSql {
  const { table, columns, writes } = changes
  return stageSql(table, columns, writes, [
    ['carryover_action', 'text', (write) => write.action],
    ['carryover_legacy_key', 'text', (write) => write.legacyKey],
    ['carryover_fingerprint', 'text', (write) => write.fingerprint],
    ['carryover_role', 'text', (write) => write.role],
    ['carryover_known', 'bool', (write) => String(write.known)],
    ['carryover_row_key', 'text', (write) => write.rowKey],
    ['carryover_former', 'text', (write) => write.formerOwner],
    ['carryover_parent', 'text', (write) => write.parentKey],
    ['carryover_applied', 'text', (write) => write.applied],
    ['carryover_seen', 'jsonb', seenJson],
    ...changedColumns(changes).map((column): ExtraColumn<Write> => [
      `carryover_set_${column}`,
      'bool',
      (write) => String(write.changed.has(column)),
    ]),
  ])
}

/** The columns that some update writes. */
export function changedColumns(changes: Changes): string[] {
  const updates = changes.writes.filter((write) => write.action === 'update')
  return changes.columns.filter((column) => updates.some((write) => write.changed.has(column)))
}

/** Whether a row of the stage, `s`, writes a column. */
export function isSet(column: string): string {
  return `s.${quoteName(`carryover_set_${column}`)}`
}

/** The stage with the columns the database makes itself, so that a row's key is known to the ledger's statement. */
export function withMadeKeys(changes: Changes, made: readonly { column: string; sql: string }[]): string {
  const { table } = changes
  const extra = made.map(
    (item) => `case when carryover_action = 'insert' then ${item.sql} end as ${quoteName(item.column)}`,
  )
  const filled = `select raw.*${extra.length === 0 ? '' : `, ${extra.join(', ')}`} from raw`
  const others = changes.columns.map(quoteName)
  const own = [
    'carryover_ordinal',
    'carryover_action',
    'carryover_legacy_key',
    'carryover_fingerprint',
    'carryover_role',
    'carryover_known',
    'carryover_former',
    'carryover_parent',
    'carryover_applied',
    'carryover_seen',
  ]
  const sets = changedColumns(changes).map((column) => quoteName(`carryover_set_${column}`))
  const makes = made.map((item) => quoteName(item.column))
  const provided = table.rowKey.every(
    (column) => changes.columns.includes(column) || made.some((item) => item.column === column),
  )
  const rowKey = provided
    ? `case when f.carryover_action = 'insert' then ${rowKeyText(table, 'f')} else f.carryover_row_key end`
    : 'f.carryover_row_key'
  return `select ${[...own, ...sets, ...others, ...makes].map((name) => `f.${name}`).join(', ')}, ${rowKey} as carryover_row_key
            from (${filled}) f`
}
