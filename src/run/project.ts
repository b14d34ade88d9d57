import { DefinitionError } from '../errors.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { openModuleLoader, type ModuleLoader } from '../pipeline/import-module.js'
import { loadConfig } from '../pipeline/load-config.js'
import { loadPipelines } from '../pipeline/load-pipelines.js'
import type { DefinitionProblem } from '../pipeline/problem.js'
import { selectPipelines } from '../pipeline/select-pipelines.js'
import type { RunOptions } from './options.js'
import { settle, type Settings } from './settings.js'

/** A project's settings and pipelines. */
export interface Project {
  readonly settings: Settings
  readonly loader: ModuleLoader
  /** Every pipeline, in the order they run. */
  readonly pipelines: readonly CompiledPipeline[]
  readonly problems: readonly DefinitionProblem[]
}

/** Reads configuration and pipeline files; problems of pipelines are collected, not thrown. */
export async function openProject(options: RunOptions): Promise<Project> {
  const loader = openModuleLoader()
  const config = await loadConfig(loader, options.cwd ?? process.cwd(), options.config)
  const settings = settle(options, config)
  const { pipelines, problems } = await loadPipelines(loader, {
    globs: settings.pipelineGlobs,
    dir: settings.pipelineDir,
    displayDir: settings.cwd,
    policies: settings.policies,
    limits: settings.limits,
    bookkeeping: settings.bookkeeping,
  })
  return { settings, loader, pipelines, problems }
}

/**
 * The pipelines a command is asked for.
 * @throws DefinitionError `pipeline.invalid` when any definition is wrong: half a project is not run
 * @throws UsageError `usage.no_such_pipeline`
 */
export function selectedPipelines(project: Project): CompiledPipeline[] {
  const errors = project.problems.filter((problem) => problem.severity === 'error')
  const [first] = errors
  if (first !== undefined) {
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
    throw new DefinitionError(first.code, `${first.message}${more}`, {
      hint:
        [first.hint, errors.length > 1 ? '`carryover check` lists all of them.' : undefined]
          .filter(Boolean)
          .join(' ') || 'Run `carryover check`.',
    })
  }
  return selectPipelines(project.pipelines, project.settings.only)
}
