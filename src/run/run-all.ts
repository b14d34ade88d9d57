import { LimitError } from '../errors.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { addResult } from './add-result.js'
import { judge, type Outcome } from './judge.js'
import { removeAll } from './remove-all.js'
import type { RunContext } from './run-context.js'
import type { PipelineRun, runPipeline } from './run-pipeline.js'
import type { RunReport } from './run-report.js'

/** Takes every pipeline through its source, then what can only be done when all have run. */
export async function runAll(
  context: RunContext,
  each: typeof runPipeline,
  pipelines: readonly CompiledPipeline[],
  draft: RunReport,
): Promise<Outcome> {
  const names = pipelines.map(({ name }) => name)
  const waiting: PipelineRun[] = []
  const lacking = new Set<string>()
  const rolledBack: LimitError[] = []
  for (const [index, pipeline] of pipelines.entries()) {
    context.signal.throwIfAborted()
    const lacks = pipeline.needs.find((name) => lacking.has(name))
    if (lacks !== undefined) {
      lacking.add(pipeline.name)
      rolledBack.push(notRun(pipeline.name, lacks))
      continue
    }
    const begun = await each(context, pipeline, { index: index + 1, count: pipelines.length })
    if (begun.rolledBack !== undefined) {
      lacking.add(pipeline.name)
      rolledBack.push(begun.rolledBack)
    }
    if (begun.isOpen) waiting.push(begun)
    else addResult(draft, names, await begun.finish(new Set(waiting.map((other) => other.pipeline.name))))
  }
  // What late references lead to is there by now.
  for (const begun of waiting) await begun.complete()
  const overLimit = waiting.flatMap((begun) => begun.overLimit ?? [])
  const held = neededBy(lacking, context.pipelines)
  if (overLimit.length === 0) await removeAll(waiting, ({ pipeline }) => !held.has(pipeline.name))
  for (const begun of waiting) addResult(draft, names, await begun.finish())
  return judge(draft, context, overLimit, rolledBack)
}

function notRun(name: string, lacks: string): LimitError {
  return new LimitError(
    'run.not_run',
    `${name} is not run: it refers to ${lacks}, of which nothing is applied.`,
    {
      hint: `It runs again when ${lacks} is applied.`,
    },
  )
}

/** What pipelines refer to, directly or over others: their rows may still point at what is gone from there. */
function neededBy(
  names: ReadonlySet<string>,
  pipelines: ReadonlyMap<string, CompiledPipeline>,
): ReadonlySet<string> {
  const needed = new Set(names)
  // What is added on the way is visited too.
  for (const name of needed) for (const need of pipelines.get(name)?.needs ?? []) needed.add(need)
  return needed
}
