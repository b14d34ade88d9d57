import { DefinitionError } from '../errors.js'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'

/**
 * Ends a command before anything is opened when a pipeline names its environments and this is none of them. Where nobody says what
 * this is, it is none of them.
 * @throws DefinitionError `pipeline.environment`
 */
export function refuseElsewhere(
  pipelines: readonly Pick<CompiledPipeline, 'name' | 'environments'>[],
  environment: string | undefined,
): void {
  const refused = pipelines.find(
    ({ environments }) => environments !== undefined && !environments.includes(environment ?? ''),
  )
  if (refused === undefined) return
  const places = refused.environments?.join(', ') ?? ''
  const here = environment === undefined ? 'nobody says what this environment is' : `this is ${environment}`
  throw new DefinitionError(
    'pipeline.environment',
    `The pipeline ${refused.name} is for ${places} alone, and ${here}.`,
    {
      hint:
        environment === undefined
          ? 'Say where this is with CARRYOVER_ENVIRONMENT (or RAILWAY_ENVIRONMENT_NAME, NODE_ENV), or name the pipelines to run.'
          : 'Name the pipelines to run, or keep those that are not for here in a folder that --pipelines leaves out.',
    },
  )
}
