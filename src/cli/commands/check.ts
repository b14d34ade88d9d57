import type { CheckReport } from '../../run/command-reports.js'
import type { CommandSpec } from '../command-spec.js'
import type { CommonFlags } from '../options/common-options.js'

/** Reads the pipelines and their sources, and reports every problem; asks no database. */
export const checkCommand: CommandSpec<CheckReport, CommonFlags> = {
  name: 'check',
  summary: 'read the pipelines and all of their sources, and report every problem; no database is asked',
  examples: ['carryover check', 'carryover check --json > definitions.json'],
  options: [],
  call: (library, options) => library.check(options),
  forms: {
    text: async (report, style) =>
      (await import('../../report/text/format-check-text.js')).formatCheckText(report, style),
    ending: async (report, colours) =>
      (await import('../../report/text/format-check-text.js')).formatCheckEnding(report, colours),
    log: async (report) => (await import('../../report/log/check-log.js')).checkLog(report),
  },
}
