/** The value with another one at the end of a path; containers on the way are copied, the given ones stay as they are. */
export function replaceAt(value: unknown, path: readonly PropertyKey[], replacement: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return replacement
  const replaced = replaceAt(valueAt(value, [step]), rest, replacement)
  if (Array.isArray(value)) return value.with(Number(step), replaced)
  // A defined property, so that one named `__proto__` is a property too.
  return Object.defineProperty({ ...(value as object) }, step, {
    value: replaced,
    configurable: true,
    enumerable: true,
    writable: true,
  })
}

/** What stands at the end of a path, `undefined` where it leads nowhere. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined
    found = (found as Record<PropertyKey, unknown>)[step]
  }
  return found
}
