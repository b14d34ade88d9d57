import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import type { ModuleLoader } from './import-module.js'
import { looksOutside } from './looks-outside.js'
import { withImports } from './with-imports.js'

/** What says how records are mapped, as hashes; nothing of the machine, the time or the environment is in them. */
export interface Definitions {
  /** Which project: its configuration's name, and where it looks for pipelines. Only what shares it is older or newer. */
  readonly scope: string
  /** Of the version of the tool and of every module of the project: equal where records are mapped the same way. */
  readonly modules: string
  /** Of the lock file of the packages, null where there is none. */
  readonly packages: string | null
  /** SHA-256 of each module, by its path relative to the folder of the configuration. */
  readonly files: Readonly<Record<string, string>>
  /** A module beside the configuration looks at something else than what it is given: see `looksOutside`. */
  readonly looksOutside: boolean
}

/** Where a project's definitions lie. */
export interface DefinitionsGround {
  /** The configuration, undefined when there is none. */
  readonly configFile: string | undefined
  /** Its folder, or the working directory. */
  readonly configDir: string
  readonly pipelineGlobs: readonly string[]
  /** The folder that `pipelineGlobs` start from. */
  readonly pipelineDir: string
}

/** Hashes of everything that was loaded to define the pipelines. */
export async function readDefinitions(
  loader: ModuleLoader,
  { configFile, configDir, pipelineGlobs, pipelineDir }: DefinitionsGround,
  toolVersion: string,
): Promise<Definitions> {
  const shown = (path: string) => relative(configDir, path).replaceAll(sep, '/')
  const texts = await withImports(loader.modules())
  const files = Object.fromEntries(
    [...texts]
      .map(([path, text]) => [shown(path), sha256(text)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )
  const globs = pipelineGlobs.map((glob) => shown(isAbsolute(glob) ? glob : join(pipelineDir, glob)))
  return {
    scope: sha256(JSON.stringify([configFile === undefined ? null : shown(configFile), ...globs.toSorted()])),
    modules: sha256(JSON.stringify([toolVersion, files])),
    packages: await lockFileHash(configDir),
    files,
    looksOutside: [...texts].some(([path, text]) => path !== configFile && looksOutside(text)),
  }
}

const lockFiles = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock']

/** Of the lock file in this folder, or in the nearest one above it that has one. */
async function lockFileHash(dir: string): Promise<string | null> {
  const found = lockFiles.map((name) => join(dir, name)).find((path) => existsSync(path))
  if (found !== undefined) return sha256(await readFile(found, 'utf8'))
  const above = dirname(dir)
  return above === dir ? null : lockFileHash(above)
}

function sha256(text: string): string {
  return hash('sha256', text)
}
