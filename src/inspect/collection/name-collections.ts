import { basename, dirname } from 'node:path/posix'
import { parseJsonPointer } from '../../source/json/json-pointer.js'
import type { Collection } from './find-collections.js'

/**
 * Gives every collection a name of its own: the last step of its pointer, otherwise the name of its file, or of its
 * folder when it is a glob; `invoices_2` where that is taken.
 */
export function nameCollections(
  found: readonly Omit<Collection, 'name'>[],
  given: string | undefined,
): Collection[] {
  const taken = new Set<string>()
  return found.map((collection) => {
    const wanted = given ?? nameOf(collection)
    let name = wanted
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}_${number}`
    taken.add(name)
    return { name, ...collection }
  })
}

function nameOf({ files, at }: Omit<Collection, 'name'>): string {
  const step = parseJsonPointer(at).findLast((part) => /\p{L}/u.test(part))
  return step ?? fileName(files.replaceAll('\\', '/'))
}

function fileName(path: string): string {
  const name = basename(path).replace(/(?:\.(?:json|ndjson|jsonl|gz))+$/i, '')
  if (/\p{L}/u.test(name) && !/[*?[\]{}]/.test(name)) return name
  const folder = basename(dirname(path))
  return /\p{L}/u.test(folder) && !/[*?[\]{}]/.test(folder) ? folder : 'records'
}
