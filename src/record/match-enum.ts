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

/** How a legacy value found its value, or that it found none. Everything but `exact` is told as a warning or a reject. */
export type EnumVia = 'exact' | 'normalized' | 'alias' | 'fallback' | 'unknown' | 'missing'

/** Where a legacy value leads. */
export interface EnumMatch {
  /** Its text; null for null and for a field that is not there; `(array)`, `(object)` for what has no text. */
  readonly legacy: string | null
  readonly via: EnumVia
  /** Null where it is `unknown` or `missing`. */
  readonly value: string | null
}

/**
 * The value of today for a legacy value. In this order: the value itself, an alias, a value that is normalised to the
 * same text, an alias that is, the fallback. Numbers and booleans are what they are as text; null, an absent field and
 * blank text are one thing: the alias `''`, the fallback, or missing.
 *
 * `'active'` → exact · `'Active '` → normalized · `'on'` → alias · `3`, `true` are taken as `'3'`, `'true'` · `null`, `'  '` → missing
 */
export function matchEnum(definition: EnumDefinition, value: unknown): EnumMatch {
  const legacy = legacyText(value)
  if (legacy === undefined) return otherwise(definition, `(${Array.isArray(value) ? 'array' : typeof value})`)
  const text = legacy ?? ''
  const { values, aliases, normalizedValues, normalizedAliases } = lookupOf(definition)
  if (legacy !== null && values.has(legacy)) return { legacy, via: 'exact', value: legacy }
  const blank = text.trim() === ''
  const alias = aliases.get(text) ?? (blank ? aliases.get('') : undefined)
  if (alias !== undefined) return { legacy, via: 'alias', value: alias }
  if (blank)
    return definition.fallback === undefined
      ? { legacy, via: 'missing', value: null }
      : otherwise(definition, legacy)

  const normalized = definition.normalize(text)
  const same = normalizedValues.get(normalized)
  if (same !== undefined) return { legacy, via: 'normalized', value: same }
  const sameAlias = normalizedAliases.get(normalized)
  if (sameAlias !== undefined) return { legacy, via: 'alias', value: sameAlias }
  return otherwise(definition, legacy)
}

/** The default: `' In-Review  soon '` → `'in_review_soon'`. */
export function normalizeEnumText(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_')
}

/** The text of a scalar, null for none, `undefined` for what has no text of its own. */
function legacyText(value: unknown): string | null | undefined {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return null
  const scalar = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
  return scalar || isWrittenNumber(value) ? String(value) : undefined
}

function otherwise({ fallback }: EnumDefinition, legacy: string | null): EnumMatch {
  return fallback === undefined
    ? { legacy, via: 'unknown', value: null }
    : { legacy, via: 'fallback', value: fallback }
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
