import { fileURLToPath } from 'node:url'
import { existsSync } from 'node:fs'
import { createJiti } from 'jiti'
import { DefinitionError } from '../errors.js'

/** A user's module: its exports by name. */
export type ImportedModule = Readonly<Record<string, unknown>>

/** Loads TypeScript and JavaScript files of the project, all of them with one copy of carryover. */
export interface ModuleLoader {
  /** @throws DefinitionError `pipeline.load_failed` naming the file */
  load(file: string): Promise<ImportedModule>
}

/** A loader that caches modules among its own calls. */
export function openModuleLoader(): ModuleLoader {
  // The user's `import 'carryover'` must reach this very copy, wherever the file lies and however carryover was installed.
  const own = ['../index.js', '../index.ts']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find(existsSync)
  const jiti = createJiti(import.meta.url, { alias: own === undefined ? {} : { carryover: own } })
  return {
    load: async (file) => {
      try {
        return await jiti.import<ImportedModule>(file)
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
