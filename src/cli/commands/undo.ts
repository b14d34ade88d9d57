import { Option } from 'commander'
import type { UndoReport } from '../../run/command-reports.js'
import type { CommandSpec } from '../command-spec.js'
import { given } from '../given.js'
import type { CommonFlags } from '../options/common-options.js'
import { writingOptions, writingOptionsOf, type WritingFlags } from '../options/writing-options.js'

interface UndoFlags extends CommonFlags, WritingFlags {
  dryRun?: boolean
  withLater?: boolean
  yes?: boolean
}

/** Takes back what a run did. */
export const undoCommand: CommandSpec<UndoReport, UndoFlags> = {
  name: 'undo',
  summary: 'take back what a run did; what was edited since stays, and is listed',
  details:
    'Rows get back what they held, inserted rows are deleted, deleted ones inserted again, in one transaction. No pipeline ' +
    'file is needed. A run that later ones built on is undone with them (--with-later) or not at all.',
  argument: { name: '<run>', description: 'number of the run, see carryover runs' },
  examples: ['carryover undo 12 --dry-run', 'carryover undo 12', 'carryover undo 12 --with-later --yes'],
  options: [
    new Option('--dry-run', 'do it in a transaction that is rolled back, and tell what came of it'),
    new Option('--with-later', 'undo the later runs that built on it too, the last one first'),
    new Option('--yes', 'do not ask before anything is written'),
    ...writingOptions(),
  ],
  call: (library, { ask, only = [], ...options }, flags) => {
    const { dryRun, withLater, yes } = flags
    const runId = Number(only[0])
    const later = withLater === true ? ' and the later runs that built on it' : ''
    const confirm = async () =>
      yes === true || (ask !== undefined && (await ask(`Undo run ${runId}${later}?`)))
    return library.undo({
      ...options,
      runId,
      confirm,
      ...given({ dryRun, withLater }),
      ...writingOptionsOf(flags),
    })
  },
  forms: {
    text: async (report, style) =>
      (await import('../../report/text/format-undo-text.js')).formatUndoText(report, style),
    ending: async (report, colours) =>
      (await import('../../report/text/format-undo-text.js')).formatUndoEnding(report, colours),
    log: async (report) => (await import('../../report/log/undo-log.js')).undoLog(report),
  },
}
