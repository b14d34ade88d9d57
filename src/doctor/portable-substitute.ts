import type { SurveyedColumn } from '../target/survey.js'

/** What can stand for a type that only Postgres has. */
export interface PortableType {
  /** For people: `jsonb holds the same`. */
  readonly advice: string
  /** Undefined where no single type holds the same. */
  readonly target?: string
  /** The expression that turns a value of the old type into one of the new. */
  readonly convert?: (value: string) => string
}

/** What can stand for the type of a column, undefined when every engine has the like. */
export function portableType({
  type,
  declared,
}: Pick<SurveyedColumn, 'type' | 'declared'>): PortableType | undefined {
  if (type.kind === 'array')
    return { advice: 'jsonb holds the same', target: 'jsonb', convert: (value) => `to_jsonb(${value})` }
  // `extensions.citext`, `bit varying(8)`.
  const name = declared.replace(/^.*\./, '').replace(/\(.*$/, '').trim()
  return (
    substitutes.get(name) ?? (type.kind === 'other' ? { advice: 'keep text or numbers instead' } : undefined)
  )
}

const asText = (value: string) => `${value}::text`
const ends: PortableType = { advice: 'keep its two ends in columns of their own' }
const search: PortableType = { advice: 'keep the text alone, and what is searched elsewhere' }
const shape: PortableType = { advice: 'keep its coordinates in columns of their own' }

/** Source: PostgreSQL documentation, chapter 8, and its extensions citext and hstore. */
const substitutes: ReadonlyMap<string, PortableType> = new Map<string, PortableType>([
  [
    'citext',
    { advice: 'text with a unique index over lower() does the same', target: 'text', convert: asText },
  ],
  ['hstore', { advice: 'jsonb holds the same', target: 'jsonb', convert: (value) => `${value}::jsonb` }],
  // A cast of an address would write /32 behind each.
  ['inet', { advice: 'varchar(45) holds it', target: 'varchar(45)', convert: (value) => `abbrev(${value})` }],
  ['cidr', { advice: 'varchar(45) holds it', target: 'varchar(45)', convert: asText }],
  ['macaddr', { advice: 'varchar(17) holds it', target: 'varchar(17)', convert: asText }],
  ['macaddr8', { advice: 'varchar(23) holds it', target: 'varchar(23)', convert: asText }],
  ['xml', { advice: 'text holds it', target: 'text', convert: asText }],
  [
    'interval',
    { advice: 'text holds it, and a number of seconds can be compared', target: 'text', convert: asText },
  ],
  ['bit', { advice: 'text holds it', target: 'text', convert: asText }],
  ['bit varying', { advice: 'text holds it', target: 'text', convert: asText }],
  ['money', { advice: 'numeric holds it', target: 'numeric', convert: (value) => `${value}::numeric` }],
  ...['int4', 'int8', 'num', 'ts', 'tstz', 'date'].flatMap((base) => [
    [`${base}range`, ends] as const,
    [`${base}multirange`, { advice: 'keep its ranges in a table of their own' }] as const,
  ]),
  ['tsvector', search],
  ['tsquery', search],
  ...['point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle'].map((name) => [name, shape] as const),
])
