import type { PipelineRun } from './run-pipeline.js'

/**
 * Removes what is gone from the sources, the last pipeline first: its rows point at earlier ones. Again, as long as that lets
 * others go or be settled; what then stays is told.
 * @param mayGo false for a pipeline whose rows are to stay
 */
export async function removeAll(
  runs: readonly PipelineRun[],
  mayGo: (run: PipelineRun) => boolean = () => true,
): Promise<void> {
  const lastFirst = runs.filter(mayGo).toReversed()
  for (let getsOn = true; getsOn;) {
    getsOn = false
    for (const run of lastFirst) if (await run.removeMissing()) getsOn = true
  }
  for (const run of runs) run.keepMissing()
}
