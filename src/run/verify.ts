import { openTarget } from '../target/open-target.js'
import { execute } from './execute.js'
import type { RunOptions } from './options.js'
import { runAll } from './run-all.js'
import type { RunReport } from './run-report.js'
import { targetOptions } from './target-options.js'
import { verifySource } from './verify-source.js'

/**
 * Reads the sources and the target again and compares: every record has its entry, every entry its row, every row the values
 * of its record; references lead somewhere; sequences are ahead. Writes nothing. Exit code 4 when anything differs, an edit
 * that somebody made since the run included.
 */
export async function verify(options: RunOptions = {}): Promise<RunReport> {
  return execute(options, {
    command: 'verify',
    dryRun: true,
    shownChanges: 0,
    all: (context, pipelines, draft) => runAll(context, verifySource, pipelines, draft),
    open: (settings, signal) =>
      openTarget(settings.databaseUrl, settings.cwd, targetOptions(settings, signal, { readOnly: true })),
    around: ({ work }) => work(0),
  })
}
