import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { asUnit } from './as-unit.js'
import { RolledBack, rejectsPassLimit, rolledBack } from './rolled-back.js'
import type { RunContext } from './run-context.js'
import { runPipeline, type PipelineRun } from './run-pipeline.js'

/**
 * Runs one pipeline through its source; where it says `atomic: 'pipeline'` in one transaction, which is rolled back when more
 * records are rejected than it admits. What is gone from the source is removed later, when all pipelines have run.
 */
export async function runPipelineUnit(
  context: RunContext,
  pipeline: CompiledPipeline,
  position: { index: number; count: number },
): Promise<PipelineRun> {
  if (pipeline.policies.atomic !== 'pipeline') return runPipeline(context, pipeline, position)
  let begun: PipelineRun | undefined
  try {
    return await asUnit(context, async (within) => {
      begun = await runPipeline(within, pipeline, position)
      await begun.complete()
      // Nothing can be rolled back any more when rows are removed: who waits for that counts as rejected.
      if (rejectsPassLimit(begun, begun.waiting()) !== undefined) await begun.decideWaiting()
      const reason = rejectsPassLimit(begun)
      if (reason !== undefined) throw rolledBack('pipeline', [reason])
      return begun
    })
  } catch (error) {
    if (!(error instanceof RolledBack) || begun === undefined) throw error
    begun.takeBack()
    return { ...begun, isOpen: false, overLimit: undefined, rolledBack: error }
  }
}
