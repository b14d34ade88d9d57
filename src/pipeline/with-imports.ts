import { readFile } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'

/** `from './x.mjs'`, `import './x.mjs'`, `import('./x.mjs')`, `require('./x.cjs')` */
const specifiers = /\b(?:from|import|require)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g

/**
 * The text of these modules and of every file that they import by its full relative name, by path. Modules that Node loads by
 * itself (`.mjs`) are in no cache that could be asked.
 */
export async function withImports(modules: Iterable<string>): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const waiting = [...modules]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (texts.has(path)) continue
    const text = await readFile(path, 'utf8').catch(() => undefined)
    // `./schema.js` may stand for `schema.ts`, which the loader knows.
    if (text === undefined) continue
    texts.set(path, text)
    for (const [, , specifier = ''] of text.matchAll(specifiers)) {
      const imported = resolve(dirname(path), specifier)
      if (!imported.includes(`${sep}node_modules${sep}`)) waiting.push(imported)
    }
  }
  return texts
}
