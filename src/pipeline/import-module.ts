import { fileURLToPath } from 'node:url'
import { existsSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import { createJiti } from 'jiti'
import { DefinitionError } from '../errors.js'

/** A user's module: its exports by name. */
export type ImportedModule = Readonly<Record<string, unknown>>

/** Loads TypeScript and JavaScript files of the project, all of them with one copy of carryover. */
export interface ModuleLoader {
  /** @throws DefinitionError `pipeline.load_failed` naming the file */
  load(file: string): Promise<ImportedModule>
  /** Every module of the project that was loaded, whoever asked for it; without those that Node loads by itself. */
  modules(): ReadonlySet<string>
}

/** Modules of projects that the cache of the process holds: by the file that was asked for, itself and what it brought along. */
const loaded = new Map<string, ReadonlySet<string>>()

/** Files are loaded one at a time in a process: what one brings along is then known. */
let turn: Promise<unknown> = Promise.resolve()

/** What is read as a module of a project. */
const readable = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs']

/**
 * The extensions for jiti, which asks `includes` whether it reads a file, and tries all that it walks through, a hundred times
 * over, for each import that names no file as it stands, as `./schema.js` beside `schema.ts` does. It walks through those alone
 * that TypeScript lets an import leave out; `.js` is found by Node's own rules.
 */
function moduleExtensions(): string[] {
  return Object.assign(['.ts', '.tsx'], { includes: (extension: string) => readable.includes(extension) })
}

/** A loader that caches modules among its own calls: one that is opened later finds a file that was edited as it is then. */
export function openModuleLoader(): ModuleLoader {
  // The user's `import 'carryover'` must reach this very copy, wherever the file lies and however carryover was installed.
  const own = ['../index.js', '../index.ts']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find(existsSync)
  const alias = own === undefined ? {} : { carryover: own }
  const jiti = createJiti(import.meta.url, { alias, extensions: moduleExtensions() })
  for (const paths of loaded.values()) for (const path of paths) delete jiti.cache[path]
  loaded.clear()
  const ownFolder = `${dirname(own ?? fileURLToPath(import.meta.url))}${sep}`
  const isOfProject = (path: string) =>
    !path.startsWith(ownFolder) && !path.includes(`${sep}node_modules${sep}`)
  const modules = new Set<string>()
  const loadNow = async (file: string): Promise<ImportedModule> => {
    const before = new Set(Object.keys(jiti.cache))
    const module = await jiti.import<ImportedModule>(file)
    const brought = Object.keys(jiti.cache).filter((path) => !before.has(path) && isOfProject(path))
    const known = loaded.get(file) ?? new Set([file, ...brought])
    loaded.set(file, known)
    for (const path of known) modules.add(path)
    return module
  }
  return {
    modules: () => modules,
    load: async (file) => {
      const loading = turn.then(() => loadNow(file))
      turn = loading.catch(() => undefined)
      try {
        return await loading
      } catch (cause) {
        throw new DefinitionError(
          'pipeline.load_failed',
          `${file} cannot be loaded: ${(cause as Error).message}`,
          {
            hint: 'Mend the file; `npx tsc --noEmit` shows where.',
            cause,
          },
        )
      }
    },
  }
}
