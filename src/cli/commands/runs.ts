import type { RunsReport } from '../../run/command-reports.js'
import type { CommandSpec } from '../command-spec.js'
import { given } from '../given.js'
import type { CommonFlags } from '../options/common-options.js'
import { numberOption } from '../options/number-option.js'

interface RunsFlags extends CommonFlags {
  limit?: number
}

/** The runs of a database, or one of them. */
export const runsCommand: CommandSpec<RunsReport, RunsFlags> = {
  name: 'runs',
  summary: 'list the runs of this database, or show what one of them did',
  argument: { name: '[run]', description: 'number of a run (default: list the last ones)' },
  examples: ['carryover runs', 'carryover runs 12', 'carryover runs --limit 100 --json'],
  options: [numberOption('--limit <n>', 'how many of the last runs are listed (default: 20)', 1)],
  call: (library, { only, ...options }, { limit }) => {
    const runId = only === undefined ? undefined : Number(only[0])
    return library.runs({ ...options, ...given({ runId, limit }) })
  },
  forms: {
    text: async (report, style) =>
      (await import('../../report/text/format-runs-text.js')).formatRunsText(report, style),
    ending: async (report, colours) =>
      (await import('../../report/text/format-runs-text.js')).formatRunsEnding(report, colours),
    log: async (report) => (await import('../../report/log/runs-log.js')).runsLog(report),
  },
}
