import { posix } from 'node:path'
import type { CollectionProfile } from '../collection/collection-profile.js'
import { enumsText } from './enums-text.js'
import { pipelineText } from './pipeline-text.js'
import { planPipelines } from './plan-pipelines.js'
import { schemaText } from './schema-text.js'

/** Modules for collections, and what had to be left to their reader. */
export interface Scaffold {
  /** Relative to the folder of the pipelines. */
  files: { path: string; text: string }[]
  notes: string[]
}

/**
 * Pipelines, enums and tables for what was found in collections, as text.
 *
 * @param folder where the modules will be, relative to where the files of the collections are relative to
 * @param schema a module that has the tables; without it one is made
 */
export function scaffold(
  collections: readonly CollectionProfile[],
  { folder, schema }: { folder: string; schema: string | undefined },
): Scaffold {
  const { pipelines, notes } = planPipelines(collections, folder)
  if (pipelines.length === 0) return { files: [], notes }
  const enums = enumsText(pipelines)
  const schemaModule = schema === undefined ? './schema.js' : moduleOf(posix.relative(folder, schema))
  const files = [
    ...(enums === undefined ? [] : [{ path: 'enums.ts', text: enums }]),
    ...(schema === undefined ? [{ path: 'schema.ts', text: schemaText(pipelines) }] : []),
    ...pipelines.map((plan) => ({ path: `${plan.file}.ts`, text: pipelineText(plan, schemaModule) })),
  ]
  const missing = `${schema ?? ''} must have the tables ${pipelines.map(({ variable }) => variable).join(', ')}: the compiler says what does not fit.`
  return { files, notes: schema === undefined ? notes : [...notes, missing] }
}

/** How a module imports a file: `../db/schema.ts` → `../db/schema.js`. */
function moduleOf(path: string): string {
  const module = path.replace(/\.(m?)ts$/, '.$1js')
  return module.startsWith('.') ? module : `./${module}`
}
