import { InvalidArgumentError, Option } from 'commander'
import type { DoctorReport } from '../../run/command-reports.js'
import type { CommandSpec } from '../command-spec.js'
import { given } from '../given.js'
import type { CommonFlags } from '../options/common-options.js'
import { schemaOption, type SchemaFlags } from '../options/schema-option.js'

interface DoctorFlags extends CommonFlags, SchemaFlags {
  probe?: boolean
  data?: boolean
  portable?: boolean
  strict?: boolean
  only?: string[]
  skip?: string[]
  baseline?: string
  updateBaseline?: boolean
  sql?: string
  format: 'text' | 'sarif' | 'github'
}

/** Audits database, schema and pipelines. */
export const doctorCommand: CommandSpec<DoctorReport, DoctorFlags> = {
  name: 'doctor',
  summary: 'audit the database, its schema and the pipelines',
  details:
    'Each finding says why it matters, the SQL that would mend it and what that locks. Nothing of it is run. Exits with 1 when ' +
    'there is an error, with --strict also for a warning.',
  examples: [
    'carryover doctor',
    'carryover doctor --probe --data --sql mend.sql',
    'carryover doctor --strict --skip name --format github',
  ],
  options: [
    new Option('--probe', 'try an insert into every table, and roll it back'),
    new Option(
      '--data',
      'read whole tables as well: orphans, keys that differ by case alone, texts that are enums',
    ),
    new Option('--portable', 'find what of the schema only one engine has'),
    new Option('--strict', 'warnings fail like errors'),
    codesOption('--only <codes>', 'only these checks: sequence.behind, or sequence for all of them'),
    codesOption('--skip <codes>', 'all but these checks'),
    schemaOption(),
    new Option(
      '--baseline <file>',
      'findings that are accepted (default: doctor-baseline.json, if there is one)',
    ),
    new Option('--update-baseline', 'accept what is found now'),
    new Option('--sql <file>', 'write the SQL that mends as a migration to review'),
    new Option('--format <format>', 'for people, for code scanning, or as annotations of a GitHub workflow')
      .choices(['text', 'sarif', 'github'])
      .default('text'),
  ],
  call: (library, options, { probe, data, portable, strict, only, skip, schema, baseline, updateBaseline }) =>
    library.doctor({
      ...options,
      ...given({ probe, data, portable, strict, baseline, updateBaseline }),
      ...given({ onlyChecks: only, skipChecks: skip, schemas: schema }),
    }),
  forms: {
    text: async (report, style) =>
      (await import('../../report/text/format-doctor-text.js')).formatDoctorText(report, style),
    ending: async (report, colours) =>
      (await import('../../report/text/format-doctor-text.js')).formatDoctorEnding(report, colours),
    log: async (report) => (await import('../../report/log/doctor-log.js')).doctorLog(report),
  },
  document: async (report, { format }) => {
    if (format === 'sarif') return (await import('../../report/doctor/format-sarif.js')).formatSarif(report)
    if (format === 'github')
      return (await import('../../report/doctor/format-annotations.js')).formatAnnotations(report)
    return undefined
  },
  files: async (report, { sql }) =>
    sql === undefined
      ? []
      : [
          {
            path: sql,
            text: (await import('../../report/doctor/format-mending-sql.js')).formatMendingSql(report),
          },
        ],
}

/** Repeatable, or with commas. */
function codesOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((words: string, earlier: string[] | undefined) => {
    const codes = words.split(',').map((word) => word.trim())
    if (codes.includes('')) throw new InvalidArgumentError('Expected codes with commas between them.')
    return [...(earlier ?? []), ...codes]
  })
}
