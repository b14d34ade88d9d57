import { Option } from 'commander'
import type { MigrateReport } from '../../run/command-reports.js'
import { stripControls } from '../../report/strip-controls.js'
import type { MigrateOptions } from '../../run/migrate.js'
import type { CommandSpec } from '../command-spec.js'
import { given } from '../given.js'
import type { CommonFlags } from '../options/common-options.js'
import { writingOptions, writingOptionsOf, type WritingFlags } from '../options/writing-options.js'

type Confirm = Required<MigrateOptions>['confirm']

interface MigrateFlags extends CommonFlags, WritingFlags {
  sql?: boolean
  offline?: boolean
  check?: boolean
  yes?: boolean
}

/** Brings the database to the declared schema. */
export const migrateCommand: CommandSpec<MigrateReport, MigrateFlags> = {
  name: 'migrate',
  summary: 'apply the migrations that are pending',
  details:
    'In production (CARRYOVER_ENVIRONMENT, RAILWAY_ENVIRONMENT_NAME or NODE_ENV, the first that is set) it asks before it ' +
    'applies anything; a deploy, where nobody can be asked, needs --yes.',
  examples: [
    'carryover migrate',
    'carryover migrate --check',
    'carryover migrate --sql | psql "$DATABASE_URL"',
    'carryover migrate --sql --offline > all.sql',
    'carryover migrate --yes',
  ],
  options: [
    new Option('--sql', 'print the pending statements and apply nothing'),
    new Option('--offline', 'with --sql: print the statements of all migrations, and ask no database'),
    new Option(
      '--check',
      'apply nothing; exit with 1 when something is pending or an applied file was changed, with 5 when the database is not what the schema declares',
    ).conflicts(['sql', 'offline']),
    new Option('--yes', 'do not ask before anything is applied in production'),
    ...writingOptions(),
  ],
  call: (library, { ask, ...options }, flags) => {
    const { sql, offline, check, yes } = flags
    const confirm: Confirm = async (pending, target) =>
      yes === true || (ask !== undefined && (await ask(questionOf(pending, target))))
    return library.migrate({
      ...options,
      ...writingOptionsOf(flags),
      ...given({ check, offline }),
      dryRun: sql === true || check === true,
      confirm,
    })
  },
  forms: {
    text: async (report, style) =>
      (await import('../../report/text/format-migrate-text.js')).formatMigrateText(report, style),
    ending: async (report, colours) =>
      (await import('../../report/text/format-migrate-text.js')).formatMigrateEnding(report, colours),
    log: async (report) => (await import('../../report/log/migrate-log.js')).migrateLog(report),
  },
  document: async (report, { sql }) => {
    if (sql !== true || report.status !== 'ok') return undefined
    return (await import('../../report/text/format-pending-sql.js')).formatPendingSql(report)
  },
}

function questionOf(...[pending, { dialect, database }]: Parameters<Confirm>): string {
  const names = pending.map(({ name }) => name).join(', ')
  return stripControls(`This is production, ${dialect} ${database}. Apply ${names}?`)
}
