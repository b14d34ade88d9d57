import type { MigrateReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { formatMigrateEnding } from '../text/format-migrate-text.js'
import { endingLog } from './ending-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** What `migrate` did as log lines. */
export function migrateLog(report: MigrateReport): LogEntry[] {
  const { applied, state, errors } = report
  const pending = (state?.pending ?? []).filter((migration) => !applied.includes(migration.name))
  return [
    ...applied.map((migration): LogEntry => ({ level: 'info', message: `applied ${migration}`, migration })),
    ...pending.map(({ name }): LogEntry => ({ level: 'warn', message: `pending ${name}`, migration: name })),
    ...errorLog(errors),
    endingLog(report, formatMigrateEnding(report, paint(false)), {
      applied: applied.length,
      pending: pending.length,
    }),
  ]
}
