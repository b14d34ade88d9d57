/** One step from a record to a value: a key, every element of an array, or every key of an object with very many. */
export type Step = { kind: 'key'; key: string } | { kind: 'elements' } | { kind: 'anyKey' }

const PLAIN = /^[\p{L}\p{N}_$-]+( [\p{L}\p{N}_$-]+)*$/u

/** The steps as people read them: `address.city`, `lines[].sku`, `settings.*`; other keys in quotes: `"a.b".c`. */
export function formatFieldPath(steps: readonly Step[]): string {
  let path = ''
  for (const step of steps) {
    if (step.kind === 'elements') path += '[]'
    else path += `${path === '' ? '' : '.'}${step.kind === 'anyKey' ? '*' : formatKey(step.key)}`
  }
  return path
}

function formatKey(key: string): string {
  return PLAIN.test(key) ? key : JSON.stringify(key)
}

/** Every value of a record that the steps lead to. */
export function valuesAt(record: unknown, steps: readonly Step[]): unknown[] {
  let values = [record]
  for (const step of steps) values = values.flatMap((value) => next(value, step))
  return values
}

function next(value: unknown, step: Step): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (step.kind === 'elements') return Array.isArray(value) ? value : []
  if (Array.isArray(value)) return []
  if (step.kind === 'anyKey') return Object.values(value)
  return Object.hasOwn(value, step.key) ? [(value as Record<string, unknown>)[step.key]] : []
}
