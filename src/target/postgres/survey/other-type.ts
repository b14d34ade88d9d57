import { is, type Column } from 'drizzle-orm'
import { isPgEnum, PgArray } from 'drizzle-orm/pg-core'
import type { SurveyedColumn } from '../../survey.js'
import type { ColumnType } from '../../value/column-type.js'
import { parseColumnType } from '../../value/parse-column-type.js'

/**
 * The type that a drizzle column asks for when the live column has another one: `varchar(20)` over `character varying(20)` is the
 * same, `serial` over `integer` too. Of what is neither known nor an enum nobody can say, and then nothing is said: a domain
 * goes by the type it is made of.
 */
export function otherType(live: SurveyedColumn, declared: Column): string | undefined {
  const wanted = declared.getSQLType()
  const type = parseColumnType(wanted, enumOf(declared)?.enumValues)
  return isSame(type, live.type) && sameFolding(wanted, live) && sameEnum(live, declared) ? undefined : wanted
}

/** The enum of a column, or of the elements of an array. */
function enumOf(
  column: Column,
): { enumName: string; enumValues: string[]; schema: string | undefined } | undefined {
  if (is(column, PgArray)) return enumOf(column.baseColumn)
  return 'enum' in column && isPgEnum(column.enum) ? column.enum : undefined
}

function sameEnum({ enumName }: SurveyedColumn, declared: Column): boolean {
  const wanted = enumOf(declared)
  if (wanted === undefined || enumName === null) return true
  // One of another schema is called by its bare name when it is on the search path.
  return [wanted.enumName, `${wanted.schema ?? 'public'}.${wanted.enumName}`].includes(enumName)
}

/** Both are text to everybody but the index. */
function sameFolding(wanted: string, { declared, foldsCase }: SurveyedColumn): boolean {
  const folds = /^(\w+\.)?citext$/i
  return folds.test(wanted) ? foldsCase : !folds.test(declared)
}

function isSame(wanted: ColumnType, found: ColumnType): boolean {
  if (wanted.kind === 'array' && found.kind === 'array') return isSame(wanted.element, found.element)
  if (wanted.kind === 'other' || found.kind === 'other') return !differsForCertain(wanted, found)
  if (wanted.kind === 'enum' && found.kind === 'enum') return true
  // Facts of one level: the order of their properties does not matter.
  const facts = (type: ColumnType) => JSON.stringify(type, Object.keys(type).toSorted())
  return facts(wanted) === facts(found)
}

/** What neither is known here nor is the server's own may be an alias, or a type that is made of the other one. */
function differsForCertain(wanted: ColumnType, found: ColumnType): boolean {
  const names = [wanted, found].map((type) => (type.kind === 'other' ? baseName(type.name) : undefined))
  if (names.some((name) => name !== undefined && !known.has(name))) return false
  return names[0] !== names[1]
}

/** `public.geometry(Point,4326)` → `geometry` · `interval day to second` → `interval` */
function baseName(name: string): string {
  const bare = name.toLowerCase().replaceAll('"', '').replace(/\(.*$/, '').replace(/^.*\./, '').trim()
  return /^interval\b/.test(bare) ? 'interval' : bare === 'bit varying' ? 'varbit' : bare
}

/** PostgreSQL documentation, chapter 8, without what `parseColumnType` knows, and the best known extensions. */
const known = new Set(
  `interval inet cidr macaddr macaddr8 point line lseg box path polygon circle bit varbit money xml tsvector tsquery int4range
  int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange
  datemultirange oid pg_lsn hstore ltree vector halfvec sparsevec geometry geography`.split(/\s+/),
)
