import { pgTable, uuid } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { compilePipeline } from '../../src/pipeline/compile-pipeline.js'
import type { CompiledPipeline } from '../../src/pipeline/compiled-pipeline.js'
import { orderPipelines } from '../../src/pipeline/order-pipelines.js'
import { selectPipelines } from '../../src/pipeline/select-pipelines.js'
import { reference, uuidFrom } from '../../src/index.js'

const table = pgTable('t', {
  id: uuid('id').primaryKey(),
  other: uuid('other'),
  another: uuid('another'),
  required: uuid('required').notNull().defaultRandom(),
})

/** A pipeline whose columns refer to others: `{ other: 'b' }`. */
function pipeline(name: string, references: Record<string, string> = {}): CompiledPipeline {
  const columns = Object.entries(references).map(([column, to]) => [column, reference(to, 'id')])
  const { compiled } = compilePipeline(
    {
      name,
      source: { files: 'x.json' },
      record: z.object({ id: z.string() }),
      key: 'id',
      target: table,
      columns: { id: uuidFrom('id'), ...Object.fromEntries(columns) },
    },
    { file: `${name}.ts`, dir: '/', policies: {}, limits: {}, bookkeeping: {} },
  )
  return compiled as CompiledPipeline
}

const names = (pipelines: readonly CompiledPipeline[]) => pipelines.map(({ name }) => name)

test('a pipeline comes after those it refers to, and otherwise by name', () => {
  const { ordered, problems } = orderPipelines([
    pipeline('b', { other: 'z' }),
    pipeline('a', { other: 'b' }),
    pipeline('z'),
    pipeline('c'),
  ])
  expect(names(ordered)).toEqual(['z', 'b', 'a', 'c'])
  expect(problems).toEqual([])
})

test('a pipeline may refer to itself', () => {
  expect(orderPipelines([pipeline('a', { required: 'a' })]).problems).toEqual([])
})

test('a circle of columns that may not be null is named from end to end', () => {
  const { problems } = orderPipelines([
    pipeline('a', { required: 'b', other: 'c' }),
    pipeline('b', { required: 'c' }),
    pipeline('c', { required: 'a' }),
  ])
  expect(problems).toMatchObject([
    {
      code: 'pipeline.cycle',
      message: expect.stringContaining('a.required → b.required → c.required → a.'),
    },
  ])
})

test.each<[string, CompiledPipeline[], string[]]>([
  [
    'where its column may be null',
    [pipeline('a', { required: 'b' }), pipeline('b', { other: 'a' })],
    ['b.other', 'a'],
  ],
  [
    'at the first by name, where several may be null',
    [pipeline('b', { other: 'a' }), pipeline('a', { other: 'b' })],
    ['a.other', 'b'],
  ],
  [
    'at the fewest references: one that two circles share, not one of each',
    [
      pipeline('a', { other: 'c' }),
      pipeline('b', { other: 'c' }),
      pipeline('c', { other: 'd' }),
      pipeline('d', { other: 'a', another: 'b' }),
    ],
    ['c.other', 'a', 'b', 'd'],
  ],
  [
    'at both references of one pipeline to another',
    [pipeline('a', { required: 'b' }), pipeline('b', { other: 'a', another: 'a' })],
    ['b.another b.other', 'a'],
  ],
])('a circle is opened %s', (_, pipelines, expected) => {
  const { ordered, problems } = orderPipelines(pipelines)
  expect(problems).toEqual([])
  const late = (one: CompiledPipeline) => one.late.map((property) => `${one.name}.${property}`).join(' ')
  expect(ordered.map((one) => (one.late.length > 0 ? late(one) : one.name))).toEqual(expected)
})

test('a reference to a pipeline that does not exist is named', () => {
  expect(orderPipelines([pipeline('a', { other: 'nowhere' })]).problems).toMatchObject([
    { code: 'pipeline.unknown_reference' },
  ])
})

test('a pipeline that is asked for brings what it needs, and nothing else', () => {
  const { ordered } = orderPipelines([
    pipeline('a', { other: 'b' }),
    pipeline('b', { other: 'c' }),
    pipeline('c'),
    pipeline('d'),
  ])
  expect(names(selectPipelines(ordered, ['a']))).toEqual(['c', 'b', 'a'])
  expect(names(selectPipelines(ordered, []))).toEqual(['c', 'b', 'a', 'd'])
  expect(() => selectPipelines(ordered, ['x'])).toThrow(/no pipeline x/)
})
