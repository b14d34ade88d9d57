import type { CollectionProfile } from '../collection/collection-profile.js'
import { formatFieldPath } from '../field/field-path.js'
import type { FieldProfile } from '../field/field-profile.js'
import { propertyOf, stringLiteral } from './literals.js'
import type { ColumnPlan } from './plan.js'
import type { PlannedTable, Surroundings } from './plan-columns.js'

/** A column that is a reference, and the table it leads to. */
export interface PlannedReference {
  column: Omit<ColumnPlan, 'property' | 'name' | 'isKey' | 'unique'>
  target: PlannedTable
}

/** The reference that a field is; undefined when it is none, or one that no column can hold. */
export function planReference(
  field: FieldProfile,
  { name, keys, references }: CollectionProfile,
  { tables, cut }: Surroundings,
): PlannedReference | undefined {
  if (field.key === null || field.types.array > 0) return undefined
  const path = formatFieldPath([{ kind: 'key', key: field.key }])
  const reference = references.find((one) => one.path === path)
  const target = reference && tables.get(reference.to.collection)
  if (reference === undefined || target === undefined || cut.has(path)) return undefined
  const lookup = lookupOf(target, reference.to.field)
  if (lookup === undefined) return undefined
  const isOwn = reference.to.collection === name
  const dangling = reference.dangling > 0
  // Left empty, it would be lost, and with it what tells the records apart.
  if (dangling && keys[0]?.fields.includes(field.key) === true) return undefined
  const settings = [
    ...(lookup === '' ? [] : [`by: ${stringLiteral(lookup)}`]),
    ...(dangling ? ["missing: 'null'"] : []),
  ]
  const pipeline = isOwn ? stringLiteral(target.name) : target.variable
  const options = settings.length === 0 ? '' : `, { ${settings.join(', ')} }`
  const { present, of, types, emptyTexts } = field
  return {
    target,
    column: {
      type: { builder: 'uuid' },
      // A record comes before the one of its own kind that it refers to, now and then.
      notNull: !isOwn && !dangling && present === of && types.null + emptyTexts === 0,
      references: target.variable,
      source: `reference(${pipeline}, ${stringLiteral(field.key)}${options})`,
      helpers: ['reference'],
      comments: dangling
        ? [
            `Left empty where it leads nowhere (${reference.dangling} of ${reference.values}); without \`missing\` that is a reject.`,
          ]
        : [],
    },
  }
}

/** `''` where the key itself is referred to, the column that holds the field otherwise; undefined when none does. */
function lookupOf({ key, columns }: PlannedTable, field: string): string | undefined {
  if (key.length === 1 && key[0] === field) return ''
  const plain = [stringLiteral(field), `(record) => String(${propertyOf('record', field)})`]
  return columns.find(({ source }) => plain.includes(source))?.name
}
