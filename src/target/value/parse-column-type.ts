import type { ColumnType } from './column-type.js'

/**
 * The type that a name stands for, read from Postgres' `format_type` or drizzle's `getSQLType`.
 *
 * `'character varying(20)'` and `'varchar(20)'` → `{ kind: 'text', maxLength: 20 }` ·
 * `'timestamp (3) with time zone'` → `{ kind: 'timestamp', zoned: true, precision: 3 }` ·
 * `'integer[]'` → `{ kind: 'array', … }` · `'inet'` → `{ kind: 'other', name: 'inet' }`
 *
 * @param labels those of the enum, when the catalogue says that the type (or an array's element) is one
 */
export function parseColumnType(text: string, labels?: readonly string[]): ColumnType {
  const name = text.trim()
  const element = name.replace(/(\s*\[\d*\])+$/, '')
  if (element !== name) return { kind: 'array', element: parseColumnType(element, labels) }
  if (labels !== undefined) return { kind: 'enum', labels }

  const [, base, first, second, zone] = DECLARATION.exec(name.toLowerCase()) ?? []
  if (base === undefined) return { kind: 'other', name }
  const known = KNOWN.get(base)?.(first === undefined ? undefined : Number(first), Number(second ?? 0))
  if (known === undefined) return { kind: 'other', name }
  return zone === 'with' && (known.kind === 'timestamp' || known.kind === 'time')
    ? { ...known, zoned: true }
    : known
}

/** A name, its arguments, and the words that follow them: `timestamp`, `(3)`, `with time zone`. */
const DECLARATION =
  /^([a-z][\w. ]*?)\s*(?:\(\s*(\d+)\s*(?:,\s*(-?\d+)\s*)?\))?(?:\s+(with|without) time zone)?$/

type Declare = (first: number | undefined, second: number) => ColumnType

const smallint: Declare = () => ({ kind: 'integer', bits: 16 })
const integer: Declare = () => ({ kind: 'integer', bits: 32 })
const bigint: Declare = () => ({ kind: 'integer', bits: 64 })
const real: Declare = () => ({ kind: 'float', bits: 32 })
const double: Declare = () => ({ kind: 'float', bits: 64 })
const boolean: Declare = () => ({ kind: 'boolean' })
const anyText: Declare = () => ({ kind: 'text' })
const varchar: Declare = (length) =>
  length === undefined ? { kind: 'text' } : { kind: 'text', maxLength: length }
// SQL: `char` without a length is `char(1)`, `bpchar` without one is unlimited.
const char: Declare = (length = 1) => ({ kind: 'text', maxLength: length, padded: true })
const bpchar: Declare = (length) => (length === undefined ? { kind: 'text', padded: true } : char(length, 0))
const numeric: Declare = (precision, scale) =>
  precision === undefined ? { kind: 'numeric' } : { kind: 'numeric', precision, scale }
const timestamp: Declare = (precision = 6) => ({ kind: 'timestamp', zoned: false, precision })
const timestamptz: Declare = (precision = 6) => ({ kind: 'timestamp', zoned: true, precision })
const time: Declare = (precision = 6) => ({ kind: 'time', zoned: false, precision })
const timetz: Declare = (precision = 6) => ({ kind: 'time', zoned: true, precision })

/** The names and aliases of the Postgres manual, chapter 8, and the `serial` family that drizzle reports. */
const KNOWN: ReadonlyMap<string, Declare> = new Map(
  Object.entries({
    text: anyText,
    citext: anyText,
    'public.citext': anyText,
    // Postgres: NAMEDATALEN - 1, and what is longer is cut in silence.
    name: () => ({ kind: 'text', maxLength: 63 }),
    varchar,
    'character varying': varchar,
    char,
    character: char,
    bpchar,
    smallint,
    int2: smallint,
    smallserial: smallint,
    serial2: smallint,
    integer,
    int: integer,
    int4: integer,
    serial: integer,
    serial4: integer,
    bigint,
    int8: bigint,
    bigserial: bigint,
    serial8: bigint,
    numeric,
    decimal: numeric,
    real,
    float4: real,
    'double precision': double,
    float8: double,
    // SQL: the argument counts binary digits.
    float: (digits: number | undefined = 53) => ({ kind: 'float', bits: digits <= 24 ? 32 : 64 }),
    boolean,
    bool: boolean,
    uuid: () => ({ kind: 'uuid' }),
    timestamp,
    timestamptz,
    date: () => ({ kind: 'date' }),
    time,
    timetz,
    json: () => ({ kind: 'json', binary: false }),
    jsonb: () => ({ kind: 'json', binary: true }),
    bytea: () => ({ kind: 'bytes' }),
  }),
)
