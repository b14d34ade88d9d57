import { Option } from 'commander'
import type { UnlockReport } from '../../run/command-reports.js'
import type { CommandSpec } from '../command-spec.js'
import { given } from '../given.js'
import type { CommonFlags } from '../options/common-options.js'

interface UnlockFlags extends CommonFlags {
  yes?: boolean
}

/** Clears what a run that died has left. */
export const unlockCommand: CommandSpec<UnlockReport, UnlockFlags> = {
  name: 'unlock',
  summary: 'clear the lock that a dead run or a dead host has left',
  details:
    'A run that dies lets go of its lock by itself, and the next run clears the rest. This is for a host that is gone while ' +
    'the database server still believes in its connection: that connection is ended, after a question. Of a SQLite file ' +
    'nothing is cleared while a process holds it.',
  argument: null,
  examples: ['carryover status', 'carryover unlock', 'carryover unlock --yes'],
  options: [new Option('--yes', 'do not ask before the connection of the holder is ended')],
  call: (library, { ask, ...options }, { yes }) => {
    const confirm =
      yes === true
        ? async () => true
        : ask &&
          (({ backendPid, lease }: { backendPid: number | null; lease: { host: string } | null }) =>
            ask(
              `Process ${backendPid} of the database server holds the lock${lease === null ? '' : ` for ${lease.host}`}. ` +
                'If that run is alive it loses its work in hand. End it?',
            ))
    return library.unlock({ ...options, ...given({ confirm }) })
  },
  forms: {
    text: async (report, style) =>
      (await import('../../report/text/format-unlock-text.js')).formatUnlockText(report, style),
    ending: async (report, colours) =>
      (await import('../../report/text/format-unlock-text.js')).formatUnlockEnding(report, colours),
    log: async (report) => (await import('../../report/log/unlock-log.js')).unlockLog(report),
  },
}
