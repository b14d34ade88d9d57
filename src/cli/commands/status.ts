import type { StatusReport } from '../../run/command-reports.js'
import type { CommandSpec } from '../command-spec.js'
import type { CommonFlags } from '../options/common-options.js'

/** What the ledger knows. */
export const statusCommand: CommandSpec<StatusReport, CommonFlags> = {
  name: 'status',
  summary: 'show who runs now, the last run, and what each pipeline has in the database',
  examples: ['carryover status', 'carryover status --json'],
  options: [],
  call: (library, options) => library.status(options),
  forms: {
    text: async (report, style) =>
      (await import('../../report/text/format-status-text.js')).formatStatusText(report, style),
    ending: async (report, colours) =>
      (await import('../../report/text/format-status-text.js')).formatStatusEnding(report, colours),
    log: async (report) => (await import('../../report/log/status-log.js')).statusLog(report),
  },
}
