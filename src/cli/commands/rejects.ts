import { Option } from 'commander'
import type { RejectsReport } from '../../run/command-reports.js'
import type { CommandSpec } from '../command-spec.js'
import { given } from '../given.js'
import type { CommonFlags } from '../options/common-options.js'
import { numberOption } from '../options/number-option.js'

interface RejectsFlags extends CommonFlags {
  run?: number
  export?: string
}

/** The records that could not go on, as the ledger tells them. */
export const rejectsCommand: CommandSpec<RejectsReport, RejectsFlags> = {
  name: 'rejects',
  summary: 'show the records that could not go on, why, and what to do',
  examples: [
    'carryover rejects',
    'carryover rejects users --verbose',
    'carryover rejects --run 12 --show-values',
    'carryover rejects users --export bad-users.ndjson',
  ],
  options: [
    numberOption('--run <id>', 'what this run was the first to find (default: all that are open)', 1),
    new Option(
      '--export <file>',
      'write the records as NDJSON, exactly as they were; folder/: a file for each pipeline; -: stdout',
    ),
  ],
  call: (library, options, { run, export: path, json }) => {
    const exportTo =
      path === '-' && json !== true ? (lines: string) => void options.stdout.write(lines) : path
    return library.rejects({ ...options, ...given({ runId: run, exportTo }) })
  },
  // The records are what was asked for on stdout, and nothing else.
  document: async ({ errors }, { export: path }) => (path === '-' && errors.length === 0 ? '' : undefined),
  forms: {
    text: async (report, style) =>
      (await import('../../report/text/format-rejects-text.js')).formatRejectsText(report, style),
    ending: async (report, colours) =>
      (await import('../../report/text/format-rejects-text.js')).formatRejectsEnding(report, colours),
    log: async (report) => (await import('../../report/log/rejects-log.js')).rejectsLog(report),
  },
}
