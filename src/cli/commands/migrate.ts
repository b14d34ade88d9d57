import { Option } from 'commander'
import type { MigrateReport } from '../../run/command-reports.js'
import type { CommandSpec } from '../command-spec.js'
import type { CommonFlags } from '../options/common-options.js'
import { writingOptions, writingOptionsOf, type WritingFlags } from '../options/writing-options.js'

interface MigrateFlags extends CommonFlags, WritingFlags {
  sql?: boolean
  check?: boolean
}

/** Brings the database to the declared schema. */
export const migrateCommand: CommandSpec<MigrateReport, MigrateFlags> = {
  name: 'migrate',
  summary: 'apply the migrations that are pending',
  examples: [
    'carryover migrate',
    'carryover migrate --check',
    'carryover migrate --sql | psql "$DATABASE_URL"',
  ],
  options: [
    new Option('--sql', 'print the pending statements and apply nothing'),
    new Option(
      '--check',
      'apply nothing; exit with 1 when something is pending or an applied file was changed',
    ),
    ...writingOptions(),
  ],
  call: (library, options, flags) =>
    library.migrate({
      ...options,
      ...writingOptionsOf(flags),
      dryRun: flags.sql === true || flags.check === true,
    }),
  forms: {
    text: async (report, style) =>
      (await import('../../report/text/format-migrate-text.js')).formatMigrateText(report, style),
    ending: async (report, colours) =>
      (await import('../../report/text/format-migrate-text.js')).formatMigrateEnding(report, colours),
    log: async (report) => (await import('../../report/log/migrate-log.js')).migrateLog(report),
  },
  exitCode: ({ exitCode, state }, { check }) =>
    exitCode === 0 && check === true && (state?.pending.length ?? 0) > 0 ? 1 : exitCode,
  document: async (report, { sql }) => {
    if (sql !== true || report.status !== 'ok') return undefined
    return (await import('../../report/text/format-pending-sql.js')).formatPendingSql(report)
  },
}
