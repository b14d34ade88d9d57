import { Option } from 'commander'
import type { SequencesReport } from '../../run/command-reports.js'
import type { CommandSpec } from '../command-spec.js'
import { given } from '../given.js'
import type { CommonFlags } from '../options/common-options.js'
import { schemaOption, type SchemaFlags } from '../options/schema-option.js'
import { writingOptions, writingOptionsOf, type WritingFlags } from '../options/writing-options.js'

interface SequencesFlags extends CommonFlags, WritingFlags, SchemaFlags {
  fix?: boolean
}

/** Shows or repairs every sequence of the database. */
export const sequencesCommand: CommandSpec<SequencesReport, SequencesFlags> = {
  name: 'sequences',
  summary: 'show every sequence beside its column, and advance those that are behind',
  details:
    'A sequence that is behind its column hands out numbers that are taken, as after a restore. --fix advances it, beside live ' +
    'inserts and never backwards; a run does that for the tables it writes by itself.',
  argument: null,
  examples: [
    'carryover sequences',
    'carryover sequences --fix',
    'carryover sequences --schema billing --json',
  ],
  options: [
    new Option('--fix', 'advance the sequences that are behind their column'),
    schemaOption(),
    ...writingOptions(),
  ],
  call: (library, options, { fix, schema, ...flags }) =>
    library.sequences({ ...options, ...writingOptionsOf(flags), ...given({ fix, schemas: schema }) }),
  forms: {
    text: async (report, style) =>
      (await import('../../report/text/format-sequences-text.js')).formatSequencesText(report, style),
    ending: async (report, colours) =>
      (await import('../../report/text/format-sequences-text.js')).formatSequencesEnding(report, colours),
    log: async (report) => (await import('../../report/log/sequences-log.js')).sequencesLog(report),
  },
}
