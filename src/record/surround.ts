import { z } from 'zod'

const NAMES = ['$key', '$file', '$index', '$parent', '$value'] as const
type Name = (typeof NAMES)[number]

/** What is told of a record beside its value. */
type Surrounding = { readonly [name in Name]?: unknown }

const takenBy = new WeakMap<z.ZodType, readonly Name[] | 'all'>()

/**
 * A legacy value as its schema is to see it: with what surrounds it laid over, of which an object schema gets what it
 * declares, any other one all. `'a'` → `{ $value: 'a', $key: 'first' }` where an object schema declares `$value`.
 *
 * The value itself is left as it is.
 */
export function surround(schema: z.ZodType, value: unknown, surroundings: Surrounding): unknown {
  const taken = takenNames(schema)
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject && taken?.includes('$value') !== true) return value
  if (isObject && taken?.length === 0) return value
  const fields = taken === undefined ? surroundings : only(taken, surroundings)
  if (isObject && isEmpty(fields)) return value
  // A spread copies an own `__proto__` as a field; an assignment would set the prototype.
  return isObject ? { ...value, ...fields } : { $value: value, ...fields }
}

/** What a schema takes of what surrounds a record; undefined for nothing. */
export function takenSurroundings(schema: z.ZodType, surroundings: Surrounding): object | undefined {
  const taken = takenNames(schema)
  const fields = taken === undefined ? surroundings : only(taken, surroundings)
  return isEmpty(fields) ? undefined : fields
}

/** What of these names a schema takes; undefined when it takes whatever comes. */
function takenNames(schema: z.ZodType): readonly Name[] | undefined {
  let taken = takenBy.get(schema)
  if (taken === undefined) {
    const names = namesOf(schema)
    taken = names === undefined ? 'all' : [...names]
    takenBy.set(schema, taken)
  }
  return taken === 'all' ? undefined : taken
}

function only(taken: readonly Name[], surroundings: Surrounding): object {
  const fields: Record<string, unknown> = {}
  for (const name of taken) if (surroundings[name] !== undefined) fields[name] = surroundings[name]
  return fields
}

function isEmpty(fields: object): boolean {
  for (const _ in fields) return false
  return true
}

/** The fields that an object schema declares, looked for below what wraps it; undefined for any other schema. */
function namesOf(schema: z.core.$ZodType): ReadonlySet<Name> | undefined {
  if (schema instanceof z.ZodObject) return new Set(NAMES.filter((name) => name in schema.shape))
  if (schema instanceof z.ZodPipe) {
    const { in: input, out } = schema.def
    return namesOf(input instanceof z.ZodTransform ? out : input)
  }
  if (schema instanceof z.ZodReadonly || schema instanceof z.ZodCatch) return namesOf(schema.def.innerType)
  if (schema instanceof z.ZodUnion) {
    const options = schema.def.options.map(namesOf)
    return options.includes(undefined) ? undefined : new Set(options.flatMap((names) => [...names!]))
  }
  return undefined
}
