import { z } from 'zod'

const namesOf = new WeakMap<z.ZodType, ReadonlySet<string>>()

/** The names of all fields that a schema declares, however deep; every other name in a record is data (`z.record`). */
export function declaredNames(schema: z.ZodType): ReadonlySet<string> {
  const known = namesOf.get(schema)
  if (known !== undefined) return known
  const names = new Set<string>()
  const met = new Set<unknown>()
  const pending: unknown[] = [schema]
  while (pending.length > 0) {
    const found = pending.pop()
    if (typeof found !== 'object' || found === null || met.has(found)) continue
    met.add(found)
    if (found instanceof z.ZodObject) for (const name of Object.keys(found.shape)) names.add(name)
    pending.push(...partsOf(found))
  }
  namesOf.set(schema, names)
  return names
}

/** What a schema is made of: whatever its definition holds that may be a schema, or a list or an object of them. */
function partsOf(found: object): unknown[] {
  if (found instanceof z.ZodLazy) return [found.unwrap()]
  if (found instanceof z.ZodType) return Object.values(found.def)
  const prototype: unknown = Object.getPrototypeOf(found)
  return Array.isArray(found) || prototype === Object.prototype ? Object.values(found) : []
}
