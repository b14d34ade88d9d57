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
}

/** Modules of projects that the cache of the process holds. */
const loaded = new Set<string>()

/** A loader that caches modules among its own calls: one that is opened later finds a file that was edited as it is then. */
export function openModuleLoader(): ModuleLoader {
  // The user's `import 'carryover'` must reach this very copy, wherever the file lies and however carryover was installed.
  const own = ['../index.js', '../index.ts']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find(existsSync)
  const jiti = createJiti(import.meta.url, { alias: own === undefined ? {} : { carryover: own } })
  for (const path of loaded) delete jiti.cache[path]
  loaded.clear()
  const ownFolder = `${dirname(own ?? fileURLToPath(import.meta.url))}${sep}`
  const isOfProject = (path: string) =>
    !path.startsWith(ownFolder) && !path.includes(`${sep}node_modules${sep}`)
  return {
    load: async (file) => {
      try {
        const before = new Set(Object.keys(jiti.cache))
        const module = await jiti.import<ImportedModule>(file)
        for (const path of Object.keys(jiti.cache))
          if (!before.has(path) && isOfProject(path)) loaded.add(path)
        return module
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
