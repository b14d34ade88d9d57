import * as pg from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { CompiledChild, CompiledMapping } from '../../src/pipeline/compiled-pipeline.js'
import type { ColumnRule } from '../../src/record/column.js'
import { keepingOf } from '../../src/run/keeping.js'
import { keptCopy, keptReason } from '../../src/run/kept-reject.js'

const plain = z.object({ id: z.string(), mail: z.string(), lines: z.array(z.unknown()) })

function mapping(
  rules: Record<string, ColumnRule>,
  {
    schema = plain,
    children = [],
    name = 'users',
  }: { schema?: z.ZodType; children?: CompiledChild[]; name?: string } = {},
): CompiledMapping {
  const columns = Object.entries(rules).map(([property, rule]) => ({
    property,
    name: `${property}_column`,
    rule,
    timing: 'always' as const,
    toDriver: undefined,
  }))
  const target = pg.pgTable('users', {})
  const policies = { adopt: 'update', duplicates: 'reject', deleted: 'leave', missing: 'keep' } as never
  return {
    name,
    schema,
    key: ['id'],
    target,
    targetName: 'users',
    columns,
    match: 'every-unique',
    policies,
    bookkeeping: {},
    children,
  }
}

const mail: ColumnRule = { kind: 'field', field: 'mail' }
const lines = (rules: Record<string, ColumnRule>, each: string | undefined = 'lines'): CompiledChild => ({
  ...mapping(rules, { name: 'users/lines' }),
  label: 'lines',
  each,
})
const without = (...fields: string[]) => ({ kind: 'without', fields: new Set(fields) })

test.each<[string, CompiledMapping, string[], unknown]>([
  ['everything without sensitive columns', mapping({ mail }), [], { kind: 'all' }],
  ['everything where others are sensitive', mapping({ mail }), ['people.mail'], { kind: 'all' }],
  ['no field of a column by its property', mapping({ mail }), ['users.mail'], without('mail')],
  ['no field of a column by its name', mapping({ mail }), ['users.mail_column'], without('mail')],
  [
    'none of the fields of a reference',
    mapping({ to: { kind: 'reference', field: ['a', 'b'], missing: 'reject' } }),
    ['users.to'],
    without('a', 'b'),
  ],
  [
    'everything beside a constant',
    mapping({ a: { kind: 'constant', value: 1 } }),
    ['users.a'],
    { kind: 'all' },
  ],
  [
    'nothing where a function makes the column',
    mapping({ mail: { kind: 'function', compute: () => 1 } }),
    ['users.mail'],
    { kind: 'nothing' },
  ],
  [
    'nothing where the schema may rename fields',
    mapping({ mail }, { schema: plain.transform((record) => record) }),
    ['users.mail'],
    { kind: 'nothing' },
  ],
  [
    'nothing where the column is the whole record',
    mapping({ mail: { kind: 'field', field: '$value' } }),
    ['users.mail'],
    { kind: 'nothing' },
  ],
  [
    'no list of children one of whose columns is sensitive',
    mapping({ mail }, { children: [lines({ sku: { kind: 'field', field: 'sku' } })] }),
    ['users/lines.sku'],
    without('lines'),
  ],
  [
    'nothing where a function makes a column of a child',
    mapping({ mail }, { children: [lines({ sku: { kind: 'function', compute: () => 1 } })] }),
    ['users/lines.sku'],
    { kind: 'nothing' },
  ],
])('kept is %s', (_, pipeline, sensitive, expected) => {
  const settings = { sensitive: new Set(sensitive), storeValues: true }
  expect(keepingOf(pipeline, settings)).toEqual(expected)
  expect(keepingOf(pipeline, { ...settings, storeValues: false })).toEqual({ kind: 'nothing' })
})

const rejected = (raw: unknown, message: string, column?: string) => ({
  ordinal: 0,
  location: undefined,
  legacyKey: '1',
  raw,
  surroundings: { $key: 'first' },
  reject: { code: 'invalid_record' as const, message, ...(column === undefined ? {} : { column }) },
})

test('a copy without its sensitive fields has no surroundings, and of what is no object there is none', () => {
  const keeping = { kind: 'without', fields: new Set(['mail']) } as const
  expect(keptCopy(rejected({ id: 1, mail: 'ada' }, ''), keeping)).toEqual({
    copy: 'partial',
    record: '{"id":1}',
    surroundings: null,
  })
  expect(keptCopy(rejected(['ada'], ''), keeping)).toEqual({ copy: 'none', record: null, surroundings: null })
})

test.each<[string, unknown, string, string | undefined, string | null, boolean]>([
  ['a value', { mail: 'ada@x.org' }, 'mail: ada@x.org is taken', 'mail', 'mail', false],
  ['no value', { mail: 'ada@x.org' }, 'mail: expected a domain', 'mail', 'mail', true],
  ['what surrounds the record', { id: '1' }, 'first is wrong', undefined, null, false],
  ['a name that is data', { tags: { ada: 1 } }, 'tags.ada: expected text', 'tags.ada', null, false],
])(
  'of a reason that quotes %s nothing is kept but what quotes nothing',
  (_, raw, message, column, kept, isKept) => {
    const schema = z.object({ id: z.string(), mail: z.string(), tags: z.record(z.string(), z.string()) })
    const reason = keptReason(mapping({ mail }, { schema }), rejected(raw, message, column), {
      kind: 'nothing',
    })
    expect(reason.column).toBe(kept)
    expect(reason.message === message).toBe(isKept)
    // Where everything is kept, so is the reason.
    expect(keptReason(mapping({ mail }), rejected(raw, message, column), { kind: 'all' }).message).toBe(
      message,
    )
  },
)
