import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { addResult } from './add-result.js'
import { asUnit } from './as-unit.js'
import { judge, type Outcome } from './judge.js'
import { RolledBack, rejectsPassLimit, rolledBack } from './rolled-back.js'
import { removeAll } from './remove-all.js'
import { runAll } from './run-all.js'
import type { RunContext } from './run-context.js'
import { runPipelineUnit } from './run-pipeline-unit.js'
import { runPipeline, type PipelineRun } from './run-pipeline.js'
import type { RunReport } from './run-report.js'

/** Takes the pipelines through their sources: all of them in one transaction when one of them says `atomic: 'run'`. */
export async function runUnits(
  context: RunContext,
  pipelines: readonly CompiledPipeline[],
  draft: RunReport,
): Promise<Outcome> {
  if (pipelines.every(({ policies }) => policies.atomic !== 'run'))
    return runAll(context, runPipelineUnit, pipelines, draft)
  const runs: PipelineRun[] = []
  const told: RolledBack[] = []
  try {
    await asUnit(context, (within) => runAsOne(within, pipelines, runs))
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
    told.push(error)
    for (const begun of runs) begun.takeBack()
  }
  const names = pipelines.map(({ name }) => name)
  // A sequence does not roll back: it moves when everything is committed.
  for (const begun of runs) addResult(draft, names, await begun.finish())
  return judge(
    draft,
    context,
    runs.flatMap((begun) => begun.overLimit ?? []),
    told,
  )
}

/**
 * Everything from the first record to the verification.
 * @throws RolledBack when anything of it passes a limit or does not hold
 */
async function runAsOne(
  context: RunContext,
  pipelines: readonly CompiledPipeline[],
  runs: PipelineRun[],
): Promise<void> {
  for (const [index, pipeline] of pipelines.entries()) {
    context.signal.throwIfAborted()
    runs.push(await runPipeline(context, pipeline, { index: index + 1, count: pipelines.length }))
  }
  for (const begun of runs) await begun.complete()
  const mayRemove = runs.every(({ overLimit }) => overLimit === undefined)
  if (mayRemove) await removeAll(runs)
  const reasons: string[] = []
  for (const begun of runs) {
    const { name } = begun.pipeline
    await begun.decideWaiting()
    const rejects = rejectsPassLimit(begun)
    if (rejects !== undefined) reasons.push(rejects)
    if (begun.overLimit !== undefined)
      reasons.push(`${name}: more records are gone than limits.removals admits`)
    if (!(await begun.verify())) reasons.push(`${name}: the verification found something amiss`)
  }
  if (reasons.length > 0) throw rolledBack('run', reasons)
}
