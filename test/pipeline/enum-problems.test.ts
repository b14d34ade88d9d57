import { integer, pgEnum, pgTable, text, varchar } from 'drizzle-orm/pg-core'
import { sqliteTable, text as sqliteText } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { legacyEnum } from '../../src/index.js'
import { compilePipeline } from '../../src/pipeline/compile-pipeline.js'
import type { CompiledPipeline } from '../../src/pipeline/compiled-pipeline.js'
import type { AnyPipeline } from '../../src/pipeline/define-pipeline.js'
import { enumProblems } from '../../src/pipeline/enum-problems.js'

const open = pgTable('orders', { id: integer('id').primaryKey(), state: text('state') })

function pipeline(name: string, state: unknown, target: AnyPipeline['target'] = open): CompiledPipeline {
  const definition = {
    name,
    source: { files: 'x.json' },
    record: z.object({ id: z.number(), state: z.string() }),
    key: 'id',
    target,
    columns: { id: 'id', state },
  } as AnyPipeline
  const { compiled, problems } = compilePipeline(definition, {
    file: `${name}.ts`,
    dir: '/',
    policies: {},
    limits: {},
    bookkeeping: {},
  })
  expect(problems).toEqual([])
  return compiled as CompiledPipeline
}

const state = () => legacyEnum('state', ['open', 'paid'], { aliases: { offen: 'open' } })

test('an enum that two pipelines import from one module is no problem', () => {
  const one = state()
  expect(enumProblems([pipeline('orders', one.from('state')), pipeline('bills', one.from('state'))])).toEqual(
    [],
  )
})

test('an enum that is declared twice and alike is a warning, as it will not stay so', () => {
  const problems = enumProblems([
    pipeline('orders', state().from('state')),
    pipeline('bills', state().from('state')),
  ])
  expect(problems).toEqual([
    {
      severity: 'warning',
      code: 'pipeline.enum_twice',
      message:
        'The enum state is declared twice, for orders.state (orders.ts) and bills.state (bills.ts), so far alike.',
      hint: expect.stringContaining('one module'),
      pipeline: 'bills',
      file: 'bills.ts',
    },
  ])
})

test.each([
  [
    'other values',
    legacyEnum('state', ['open', 'sent'], { aliases: { offen: 'open' } }),
    'only orders.state has the values paid; only bills.state has the values sent',
  ],
  [
    'other aliases',
    legacyEnum('state', ['open', 'paid'], { aliases: { offen: 'paid' } }),
    'only orders.state has the aliases offen → open; only bills.state has the aliases offen → paid',
  ],
  [
    'another fallback',
    legacyEnum('state', ['open', 'paid'], { aliases: { offen: 'open' }, fallback: 'open' }),
    'the fallback is none and open',
  ],
  [
    'another normalisation',
    legacyEnum('state', ['open', 'paid'], { aliases: { offen: 'open' }, normalize: (legacy) => legacy }),
    '`normalize` is not the same',
  ],
])('an enum that is declared again with %s is an error that says what differs', (_, other, difference) => {
  const problems = enumProblems([
    pipeline('orders', state().from('state')),
    pipeline('bills', other.from('state')),
  ])
  expect(problems.map(({ severity, code }) => [severity, code])).toEqual([['error', 'pipeline.enum_twice']])
  expect(problems[0]?.message).toContain(`bills.state (bills.ts): ${difference}.`)
})

test('enums of different names may have what they like', () => {
  const other = legacyEnum('bill_state', ['sent'])
  expect(
    enumProblems([pipeline('orders', state().from('state')), pipeline('bills', other.from('state'))]),
  ).toEqual([])
})

const id = integer('id').primaryKey()
const sqliteId = sqliteText('id').primaryKey()
const lacks = [['error', 'is declared with open, and lacks paid.']]
const beyond = [['warning', 'is declared with gone too, which the enum does not have.']]

test('a list is compared with the elements of its column', () => {
  const target = pgTable('t', { id, state: text('state', { enum: ['open'] }).array() })
  const problems = enumProblems([pipeline('orders', state().fromEach('state'), target)])
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    ['pipeline.enum_differs', expect.stringContaining('lacks paid')],
  ])
})

test.each([
  ['text of the enum', pgTable('t', { id, state: state().column('state') }), []],
  ['text of anything', pgTable('t', { id, state: text('state') }), []],
  [
    'varchar of the same values in another order',
    pgTable('t', { id, state: varchar('state', { enum: ['paid', 'open'] }) }),
    [],
  ],
  ['text of fewer values', pgTable('t', { id, state: text('state', { enum: ['open'] }) }), lacks],
  ['a native enum of fewer values', pgTable('t', { id, state: pgEnum('state', ['open'])('state') }), lacks],
  [
    'text of more values',
    pgTable('t', { id, state: text('state', { enum: ['open', 'paid', 'gone'] }) }),
    beyond,
  ],
  [
    'SQLite text of fewer values',
    sqliteTable('t', { id: sqliteId, state: sqliteText('state', { enum: ['open'] }) }),
    lacks,
  ],
])('a column declared as %s: %o', (_, target, wanted) => {
  const problems = enumProblems([pipeline('orders', state().from('state'), target)])
  expect(problems.map(({ severity, code, message }) => [severity, code, message])).toEqual(
    wanted.map(([severity, end]) => [
      severity,
      'pipeline.enum_differs',
      `The column t.state, which orders makes by state, ${end}`,
    ]),
  )
})
