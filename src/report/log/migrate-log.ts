import type { MigrateReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { formatMigrateEnding } from '../text/format-migrate-text.js'
import { endingLog } from './ending-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

/** What `migrate` did as log lines. */
export function migrateLog(report: MigrateReport): LogEntry[] {
  const { applied, state, drift, errors } = report
  const pending = (state?.pending ?? []).filter((migration) => !applied.includes(migration.name))
  return [
    ...applied.map((migration): LogEntry => ({ level: 'info', message: `applied ${migration}`, migration })),
    ...pending.map(({ name }): LogEntry => ({ level: 'warn', message: `pending ${name}`, migration: name })),
    ...(drift ?? []).map(({ code, object, message }): LogEntry => ({
      level: 'error',
      message: stripControls(`${object}: ${message}`),
      code,
      object,
    })),
    ...errorLog(errors),
    endingLog(report, formatMigrateEnding(report, paint(false)), {
      applied: applied.length,
      pending: pending.length,
      drift: drift?.length ?? 0,
    }),
  ]
}
