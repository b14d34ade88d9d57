import type { CollectionProfile } from '../collection/collection-profile.js'
import type { FieldProfile } from '../field/field-profile.js'
import { isIdentifierName, type KeyCandidate } from '../relation/key-candidate.js'
import { inComment, stringLiteral } from './literals.js'
import { camelCase, snakeCase, takeName } from './names.js'
import type { ColumnPlan, PipelinePlan } from './plan.js'
import { JOINED_KEY } from './plan.js'
import { planEnum } from './plan-enum.js'
import { planReference } from './plan-reference.js'
import { planValue, type ValuePlan } from './plan-value.js'
import { zodSchema } from './zod-schema.js'

/** A table that others can refer to. */
export interface PlannedTable {
  collection: string
  variable: string
  name: string
  file: string
  /** The fields that its pipeline's key is made of. */
  key: readonly string[]
  columns: readonly ColumnPlan[]
}

/** What the columns of a collection depend on. */
export interface Surroundings {
  /** By collection, those planned so far and the one at hand. */
  tables: ReadonlyMap<string, PlannedTable>
  /** Paths of references that would close a circle. */
  cut: ReadonlySet<string>
  /** Names of enums that are taken. */
  enums: Set<string>
}

type Planned = Pick<PipelinePlan, 'shape' | 'columns' | 'imports'>

/** Properties that every drizzle table has, or every object. */
const RESERVED = [
  '_',
  'enableRLS',
  'getSQL',
  'shouldOmitSQLParens',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'then',
]
/** A field of such a name is nothing beyond the key, and the table's `id` takes its place. */
const ID_NAME = /^(?:\$key|_?id|_?key|uuid|guid|pk|\w*_id|\w*[a-z]I[dD])$/

/** The columns of a collection's table and what its records look like; the primary key first. */
export function planColumns(
  collection: CollectionProfile,
  key: KeyCandidate,
  surroundings: Surroundings,
): Planned {
  const taken = { properties: new Set([...RESERVED, 'id']), names: new Set(['id']) }
  const shape: Planned['shape'][number][] = []
  const columns: ColumnPlan[] = [primaryKey(key)]
  const imports = new Map<string, PlannedTable>()
  for (const field of collection.fields) {
    if (field.key === null) continue
    const isKey = key.fields.includes(field.key)
    const value = field.key === '__proto__' ? undefined : planValue(field)
    if (value === undefined) {
      shape.push({ key: field.key, schema: '', comments: [leftOut(field)] })
      continue
    }
    if (isKey && key.fields.length === 1 && ID_NAME.test(field.key)) {
      shape.push({ key: field.key, schema: zodSchema(field), comments: [] })
      continue
    }
    const reference = planReference(field, collection, surroundings)
    const wanted = reference === undefined || /id$/i.test(field.key) ? field.key : `${field.key}_id`
    const names = {
      property: takeName(camelCase(wanted), taken.properties),
      name: takeName(snakeCase(wanted), taken.names, '_'),
    }
    if (reference !== undefined && reference.target.collection !== collection.name) {
      imports.set(reference.target.collection, reference.target)
    }
    const column = reference?.column ?? enumColumn(field, collection, value, surroundings)
    const schema = reference === undefined && 'builder' in column.type ? value.schema : zodSchema(field)
    shape.push({ key: field.key, schema, comments: [] })
    columns.push({ ...column, ...names, isKey: false, unique: isUnique(field, collection, column) })
  }
  return { shape, columns, imports: [...imports.values()].map(({ variable, file }) => ({ variable, file })) }
}

function primaryKey({ fields: [field, ...more] }: KeyCandidate): ColumnPlan {
  return {
    property: 'id',
    name: 'id',
    type: { builder: 'uuid' },
    isKey: true,
    notNull: true,
    unique: false,
    references: undefined,
    source: `uuidFrom(${stringLiteral(more.length > 0 || field === undefined ? JOINED_KEY : field)})`,
    helpers: ['uuidFrom'],
    comments: [],
  }
}

type UnnamedColumn = Omit<ColumnPlan, 'property' | 'name' | 'isKey' | 'unique'>

function enumColumn(
  field: FieldProfile,
  collection: CollectionProfile,
  value: ValuePlan,
  { enums }: Surroundings,
): UnnamedColumn {
  const isText = value.type.builder === 'text'
  const planned = isText ? planEnum(field, collection.name, enums) : undefined
  if (planned === undefined) {
    const { type, source, helpers, comments, emptyIsNull } = value
    return { type, source, helpers, comments, references: undefined, notNull: !mayBeNull(field, emptyIsNull) }
  }
  return {
    type: { enum: planned },
    source: `${planned.variable}.from(${stringLiteral(field.key ?? '')})`,
    helpers: [],
    comments: [],
    references: undefined,
    notNull: !mayBeNull(field, true) && !(field.values ?? []).some((one) => one.value.trim() === ''),
  }
}

function mayBeNull({ present, of, types, emptyTexts }: FieldProfile, emptyIsNull: boolean): boolean {
  return present < of || types.null > 0 || (emptyIsNull && emptyTexts > 0)
}

/** What every record has for itself, and is called as if it were meant to. */
function isUnique(field: FieldProfile, { keys }: CollectionProfile, column: UnnamedColumn): boolean {
  const candidate = keys.find(({ fields: [name, ...more] }) => name === field.key && more.length === 0)
  if (candidate === undefined || candidate.duplicates > 0 || !candidate.exact || field.emptyTexts > 1)
    return false
  if (column.references !== undefined || !('builder' in column.type)) return false
  const isMeant = field.patterns.some(
    ({ name, share }) => /^(?:uuid|e-mail|object-id)$/.test(name) && share > 0.9,
  )
  return isMeant || isIdentifierName(field.key ?? '')
}

function leftOut({ key, path }: FieldProfile): string {
  const why = key === '__proto__' ? 'no schema can read a field of this name' : 'it never has a value'
  return `${inComment(path)} is left out: ${why}.`
}
