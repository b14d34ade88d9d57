import { z } from 'zod'

/** What a record can see beside itself, under names that begin with `$`: `$key`, `$index`, `$parent`, … */
export type Surroundings = Readonly<Record<`$${string}`, unknown>>

/**
 * A legacy value with its surroundings laid over it, for the schema. A plain object schema gets what its shape declares, so that
 * a strict one stays strict; any other schema gets all. A value that is no object arrives as `$value` where that is declared.
 */
export function layOver(schema: z.ZodType, value: unknown, surroundings: Surroundings): unknown {
  const shape =
    schema instanceof z.ZodObject ? (schema.shape as Readonly<Record<string, unknown>>) : undefined
  const names = Object.keys(surroundings) as (keyof Surroundings)[]
  const seen = shape === undefined ? names : names.filter((name) => Object.hasOwn(shape, name))
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject && (shape === undefined || !Object.hasOwn(shape, '$value'))) return value
  const base: Record<string, unknown> = isObject ? (value as Record<string, unknown>) : { $value: value }
  if (seen.length === 0) return base
  // A spread defines own properties alone, so that a `__proto__` among them stays a plain key.
  return { ...base, ...Object.fromEntries(seen.map((name) => [name, surroundings[name]])) }
}
