import type { FieldProfile } from '../field/field-profile.js'
import { pascalCase, snakeCase, takeName } from './names.js'
import type { EnumPlan } from './plan.js'

/** Half of the values must be words: numbers with few values are numbers still. */
const WORDS = 0.5

/** The enum that a field with few values is; undefined for every other field. */
export function planEnum(field: FieldProfile, collection: string, taken: Set<string>): EnumPlan | undefined {
  const { values, types, loneSurrogates, nulCharacters, key } = field
  if (values === null || key === null || loneSurrogates + nulCharacters > 0) return undefined
  const words = types.text - field.emptyTexts
  if (words < (words + types.integer + types.boolean) * WORDS) return undefined
  if (values.every(({ value }) => /^-?\d+$/.test(value.trim()))) return undefined
  const groups = values.filter(({ value }) => value.trim() !== '')
  if (groups.length === 0) return undefined
  const isFree = !taken.has(pascalCase(key))
  const wanted = isFree ? key : `${collection}_${key}`
  return {
    variable: takeName(pascalCase(wanted), taken),
    name: snakeCase(wanted),
    values: groups.map(({ value }) => value.trim()),
    aliases: groups.flatMap(({ value, variants }) =>
      [value, ...variants.map((variant) => variant.value)]
        .filter((legacy) => legacy !== value.trim())
        .map((legacy) => ({ legacy, value: value.trim() })),
    ),
  }
}
