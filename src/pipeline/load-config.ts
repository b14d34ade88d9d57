import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DefinitionError, UsageError } from '../errors.js'
import { configSchema, type Config } from './define-config.js'
import { describeIssues } from '../record/describe-issues.js'
import type { ModuleLoader } from './import-module.js'

const names = ['carryover.config.ts', 'carryover.config.js', 'carryover.config.mjs']

/** A configuration that was found and is sound. Paths in it are relative to `dir`. */
export interface LoadedConfig {
  /** The file, undefined when there is none. */
  file: string | undefined
  dir: string
  config: Config
}

/**
 * The project's configuration; an empty one when no file is there.
 * @throws UsageError `usage.no_config` when a file was named and is missing
 * @throws DefinitionError `config.invalid` with every problem of the file
 */
export async function loadConfig(
  loader: ModuleLoader,
  cwd: string,
  named: string | undefined,
): Promise<LoadedConfig> {
  const file =
    named === undefined ? names.map((name) => resolve(cwd, name)).find(existsSync) : resolve(cwd, named)
  if (file === undefined) return { file: undefined, dir: cwd, config: {} }
  if (!existsSync(file)) {
    throw new UsageError('usage.no_config', `The configuration ${file} does not exist.`, {
      hint: 'Check --config.',
    })
  }
  const exported = (await loader.load(file))['default']
  const parsed = configSchema.safeParse(exported ?? {})
  if (!parsed.success) {
    throw new DefinitionError('config.invalid', `${file}: ${describeIssues(parsed.error.issues)}`, {
      hint: 'Export `defineConfig({ … })` as default: the editor then knows every option.',
    })
  }
  return { file, dir: dirname(file), config: parsed.data as Config }
}
