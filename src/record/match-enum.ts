import { isWrittenNumber } from '../written-number.js'

/** An enum with a history: the values of today and how legacy text finds its way to them. */
export interface EnumDefinition {
  name: string
  values: readonly string[]
  /** Legacy text → one of the values. */
  aliases: Readonly<Record<string, string>>
  /** What an unknown or missing value becomes; without it, it is answered as such. */
  fallback: string | undefined
  normalize: (text: string) => string
}

/** How a legacy value got to its value. Everything but `exact` is counted in the report. */
export type EnumMatch =
  | { value: string; via: 'exact' | 'normalized' | 'alias' | 'fallback'; legacy: string }
  | { missing: true }
  | { unknown: string }

/**
 * The value of today for a legacy value. In this order: the value itself, an alias, a value that is normalised to the
 * same text, an alias that is, the fallback.
 *
 * `'active'` → exact · `'Active '` → normalized · `'on'` → alias · `3` is taken as `'3'` · `null`, `'  '` → missing
 */
export function matchEnum(definition: EnumDefinition, value: unknown): EnumMatch {
  const legacy = legacyText(value)
  if (legacy === undefined) return otherwise(definition, `(${Array.isArray(value) ? 'array' : typeof value})`)
  const { values, aliases, normalizedValues, normalizedAliases } = lookupOf(definition)
  if (values.has(legacy)) return { value: legacy, via: 'exact', legacy }
  const alias = aliases.get(legacy)
  if (alias !== undefined) return { value: alias, via: 'alias', legacy }
  if (legacy.trim() === '')
    return definition.fallback === undefined ? { missing: true } : otherwise(definition, '')

  const normalized = definition.normalize(legacy)
  const same = normalizedValues.get(normalized)
  if (same !== undefined) return { value: same, via: 'normalized', legacy }
  const sameAlias = normalizedAliases.get(normalized)
  if (sameAlias !== undefined) return { value: sameAlias, via: 'alias', legacy }
  return otherwise(definition, legacy)
}

/** The default: `' In-Review  soon '` → `'in_review_soon'`. */
export function normalizeEnumText(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_')
}

/** The text of a scalar, `''` for none, `undefined` for what has no text of its own. */
function legacyText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  const scalar = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
  return scalar || isWrittenNumber(value) ? String(value) : undefined
}

function otherwise({ fallback }: EnumDefinition, legacy: string): EnumMatch {
  return fallback === undefined ? { unknown: legacy } : { value: fallback, via: 'fallback', legacy }
}

interface Lookup {
  values: ReadonlySet<string>
  aliases: ReadonlyMap<string, string>
  normalizedValues: ReadonlyMap<string, string | undefined>
  normalizedAliases: ReadonlyMap<string, string | undefined>
}

const lookups = new WeakMap<EnumDefinition, Lookup>()

function lookupOf(definition: EnumDefinition): Lookup {
  let lookup = lookups.get(definition)
  if (lookup === undefined) {
    const aliases = Object.entries(definition.aliases)
    lookup = {
      values: new Set(definition.values),
      aliases: new Map(aliases),
      normalizedValues: normalizedMap(
        definition,
        definition.values.map((value) => [value, value]),
      ),
      normalizedAliases: normalizedMap(definition, aliases),
    }
    lookups.set(definition, lookup)
  }
  return lookup
}

/** Normalised text → value. Text that leads to two values leads to none: it would be a guess. */
function normalizedMap(
  { normalize }: EnumDefinition,
  entries: readonly (readonly [string, string])[],
): Map<string, string | undefined> {
  const map = new Map<string, string | undefined>()
  for (const [text, value] of entries) {
    const normalized = normalize(text)
    const clashes = map.has(normalized) && map.get(normalized) !== value
    map.set(normalized, clashes ? undefined : value)
  }
  return map
}
