import { access, mkdir, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { UsageError } from '../errors.js'
import type { CollectionProfile } from '../inspect/collection/collection-profile.js'
import { scaffold } from '../inspect/scaffold/scaffold.js'
import type { InspectReport } from './command-reports.js'

/**
 * Writes pipelines, enums and tables for collections, all of them or none.
 *
 * @throws UsageError `inspect.exists` when one of the files is there, `inspect.no_schema` when `schema` is not
 */
export async function writeScaffold(
  collections: readonly CollectionProfile[],
  { cwd, folder, schema }: { cwd: string; folder: string; schema: string | undefined },
): Promise<NonNullable<InspectReport['scaffold']>> {
  const target = resolve(cwd, folder)
  const toCwd = (path: string): string => relative(cwd, path).replaceAll('\\', '/')
  if (schema !== undefined && !(await exists(resolve(cwd, schema)))) throw noSchema(schema)
  const { files, notes } = scaffold(collections, {
    folder: toCwd(target),
    schema: schema === undefined ? undefined : toCwd(resolve(cwd, schema)),
  })
  for (const { path } of files) {
    if (await exists(join(target, path))) throw alreadyThere(toCwd(join(target, path)))
  }
  await mkdir(target, { recursive: true })
  // `wx`: what somebody else has put there since is not overwritten either.
  for (const { path, text } of files) await writeFile(join(target, path), text, { flag: 'wx' })
  return { files: files.map(({ path }) => toCwd(join(target, path))), notes }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function alreadyThere(path: string): UsageError {
  return new UsageError('inspect.exists', `${path} is there already, and nothing was written.`, {
    hint: 'Name another folder: --scaffold FOLDER. Where only the tables are there: --schema FILE.',
  })
}

function noSchema(schema: string): UsageError {
  return new UsageError('inspect.no_schema', `Expected the tables in ${schema}, found no such file.`, {
    hint: 'Leave --schema out, and the tables are written too.',
  })
}
