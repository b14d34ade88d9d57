import { dirname, relative, resolve } from 'node:path'
import { glob } from 'tinyglobby'
import { CarryoverError } from '../errors.js'
import { atomicProblems } from './atomic-problems.js'
import { compilePipeline } from './compile-pipeline.js'
import type { CompiledPipeline } from './compiled-pipeline.js'
import type { Bookkeeping } from './define-config.js'
import { enumProblems } from './enum-problems.js'
import { isPipeline } from './define-pipeline.js'
import type { ModuleLoader } from './import-module.js'
import { orderPipelines } from './order-pipelines.js'
import type { Limits, Policies } from './policies.js'
import { problemOf, type DefinitionProblem } from './problem.js'
import { referenceProblems } from './reference-problems.js'

/** Where pipelines are looked for, and what holds for those that choose nothing. */
export interface PipelineLookup {
  globs: readonly string[]
  /** The folder that globs start from. */
  dir: string
  /** The folder that paths are shown relative to. */
  displayDir: string
  policies: Policies
  limits: Limits
  bookkeeping: Bookkeeping
}

/** Every pipeline of a project in the order they run, and every problem that was found. */
export async function loadPipelines(
  loader: ModuleLoader,
  lookup: PipelineLookup,
): Promise<{ pipelines: CompiledPipeline[]; problems: DefinitionProblem[] }> {
  const problems: DefinitionProblem[] = []
  const compiled = new Map<string, CompiledPipeline>()
  for (const file of await findFiles(lookup)) {
    const shown = relative(lookup.displayDir, file)
    const exported = await exportOf(loader, file, shown, problems)
    if (!isPipeline(exported)) continue
    const result = compilePipeline(exported, {
      file: shown,
      dir: dirname(file),
      policies: lookup.policies,
      limits: lookup.limits,
      bookkeeping: lookup.bookkeeping,
    })
    problems.push(...result.problems)
    if (result.compiled === undefined) continue
    const twin = compiled.get(result.compiled.name)
    if (twin !== undefined) {
      problems.push({
        severity: 'error',
        code: 'pipeline.duplicate_name',
        message: `${twin.file} and ${shown} both define a pipeline named ${result.compiled.name}.`,
        hint: 'Rename one of them: the name is what the ledger knows a pipeline by.',
        pipeline: result.compiled.name,
        file: shown,
      })
      continue
    }
    compiled.set(result.compiled.name, result.compiled)
  }
  if (compiled.size === 0 && problems.length === 0) {
    problems.push({
      severity: 'error',
      code: 'pipeline.none',
      message: `No pipeline was found in ${lookup.globs.join(', ')} (from ${lookup.dir}).`,
      hint: 'A pipeline file exports `definePipeline({ … })` as default; --pipelines says where to look.',
    })
  }
  const sound = problems.length === 0
  problems.push(...enumProblems([...compiled.values()]))
  // A pipeline that could not be compiled would make those that need it look wrong as well.
  if (!sound) return { pipelines: [...compiled.values()], problems }
  const { ordered, problems: orderProblems } = orderPipelines([...compiled.values()])
  return {
    pipelines: ordered,
    problems: [...orderProblems, ...referenceProblems(ordered), ...atomicProblems(ordered), ...problems],
  }
}

async function findFiles(lookup: PipelineLookup): Promise<string[]> {
  const found = await glob([...lookup.globs], {
    cwd: lookup.dir,
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
  })
  return [...new Set(found.map((file) => resolve(file)))].filter((file) => !file.endsWith('.d.ts')).toSorted()
}

async function exportOf(
  loader: ModuleLoader,
  file: string,
  shown: string,
  problems: DefinitionProblem[],
): Promise<unknown> {
  try {
    return (await loader.load(file))['default']
  } catch (error) {
    if (!(error instanceof CarryoverError)) throw error
    problems.push(problemOf(error, { file: shown }))
    return undefined
  }
}
