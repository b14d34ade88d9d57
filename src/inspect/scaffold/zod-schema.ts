import type { FieldProfile } from '../field/field-profile.js'
import { stringLiteral } from './literals.js'

/** What zod says of a field, from what was seen of it: `z.union([z.string(), z.number()]).nullish()`. */
export function zodSchema(field: FieldProfile): string {
  const extended = extendedKind(field)
  const value = extended === undefined ? unionOf(typesOf(field)) : extendedSchema(extended)
  return value + emptiness(field)
}

/** The same for a field with few values that mean yes or no: every one of them by itself. */
export function zodBoolean(field: FieldProfile): string {
  const texts = spellings(field)
  const types = [
    ...(field.types.boolean > 0 ? ['z.boolean()'] : []),
    ...(field.types.text > 0 ? [`z.enum([${texts.map(stringLiteral).join(', ')}])`] : []),
    ...(field.types.integer > 0 ? ['z.union([z.literal(0), z.literal(1)])'] : []),
  ]
  return unionOf(types) + emptiness(field)
}

/** The kind of MongoDB's Extended JSON that all values of a field have: `$oid`; undefined for every other field. */
export function extendedKind({ patterns, types }: FieldProfile): string | undefined {
  const [first] = patterns
  const others = types.text + types.integer + types.bigInteger + types.decimal + types.boolean + types.array
  return first?.name.startsWith('$') && first.count === types.object && others === 0 ? first.name : undefined
}

function spellings({ values, emptyTexts }: FieldProfile): string[] {
  const all = (values ?? []).flatMap(({ value, variants }) => [value, ...variants.map((one) => one.value)])
  return [...(emptyTexts > 0 ? [''] : []), ...all]
}

function typesOf({ types }: FieldProfile): string[] {
  const told: [number, string][] = [
    [types.text, 'z.string()'],
    [types.integer + types.decimal, 'z.number()'],
    [types.bigInteger, 'z.bigint()'],
    [types.boolean, 'z.boolean()'],
    [types.array, 'z.array(z.unknown())'],
    [types.object, 'z.record(z.string(), z.unknown())'],
  ]
  return told.flatMap(([count, schema]) => (count === 0 ? [] : [schema]))
}

function unionOf(schemas: readonly string[]): string {
  return schemas.length === 1 ? schemas[0]! : `z.union([${schemas.join(', ')}])`
}

function emptiness({ types, present, of }: FieldProfile): string {
  if (types.null > 0) return present < of ? '.nullish()' : '.nullable()'
  return present < of ? '.optional()' : ''
}

function extendedSchema(kind: string): string {
  if (kind === '$date') {
    const number = "typeof $date === 'string' ? $date : Number($date.$numberLong)"
    return `z.object({ $date: z.union([z.string(), z.object({ $numberLong: z.string() })]) }).transform(({ $date }) => ${number})`
  }
  return `z.object({ ${kind}: z.string() }).transform(({ ${kind} }) => ${kind})`
}
