import { is, Table } from 'drizzle-orm'
import { glob } from 'tinyglobby'
import { withDescendants } from './compile-children.js'
import type { CompiledPipeline } from './compiled-pipeline.js'
import type { ModuleLoader } from './import-module.js'
import { referredTable } from './referred-table.js'

/** Every drizzle table that the schema files export, and those the pipelines write and refer to. */
export async function loadTables(
  loader: ModuleLoader,
  dir: string,
  globs: readonly string[],
  pipelines: readonly CompiledPipeline[],
): Promise<Table[]> {
  const tables = new Set<Table>()
  const files =
    globs.length === 0 ? [] : await glob([...globs], { cwd: dir, absolute: true, onlyFiles: true })
  for (const file of files.toSorted()) {
    for (const exported of Object.values(await loader.load(file)))
      if (is(exported, Table)) tables.add(exported)
  }
  for (const pipeline of pipelines) {
    for (const { target, columns } of [pipeline, ...withDescendants(pipeline.children)]) {
      tables.add(target)
      for (const { rule } of columns) {
        const table = rule.kind === 'reference' ? referredTable(rule) : undefined
        if (table !== undefined) tables.add(table)
      }
    }
  }
  return [...tables]
}
