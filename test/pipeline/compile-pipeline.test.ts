import { sql } from 'drizzle-orm'
import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { date } from '../../src/pipeline/columns/date.js'
import { decimal } from '../../src/pipeline/columns/decimal.js'
import { timestamp } from '../../src/pipeline/columns/timestamp.js'
import { compilePipeline } from '../../src/pipeline/compile-pipeline.js'
import { extendedJson } from '../../src/pipeline/extended-json.js'
import type { AnyPipeline } from '../../src/pipeline/define-pipeline.js'

const table = pgTable('things', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  size: integer('size'),
  upper: text('upper').generatedAlwaysAs(sql`upper(name)`),
})

const sound: AnyPipeline = {
  name: 'things',
  source: { files: 'things.json' },
  record: z.object({ id: z.string(), name: z.string() }),
  key: 'id',
  target: table,
  columns: { id: { kind: 'uuid-from', field: 'id' }, name: 'name' },
}

function codes(change: Partial<Record<keyof AnyPipeline, unknown>>): string[] {
  const pipeline = { ...sound, ...change } as AnyPipeline
  return compilePipeline(pipeline, {
    file: 'things.ts',
    dir: '/',
    policies: {},
    limits: {},
    bookkeeping: {},
  }).problems.map(({ code }) => code)
}

const columns = sound.columns
const withName = (rule: unknown) => ({ ...columns, name: rule })

// What the compiler refuses is refused at run time too: a definition may come from JavaScript.
test.each<[string, Partial<Record<keyof AnyPipeline, unknown>>, string[]]>([
  ['a sound pipeline has no problem', {}, []],
  ['a column that the table lacks', { columns: { ...columns, colour: 'name' } }, ['pipeline.no_such_column']],
  ['a field that the record lacks', { columns: { ...columns, name: 'nome' } }, ['pipeline.no_such_field']],
  ['a required column that nobody gives', { columns: { id: columns['id'] } }, ['pipeline.missing_column']],
  [
    'a column that the database generates',
    { columns: { ...columns, upper: 'name' } },
    ['pipeline.generated_column'],
  ],
  [
    'a source that is neither field nor helper',
    { columns: { ...columns, size: 3 } },
    ['pipeline.column_source'],
  ],
  [
    'a field that a preprocessed record lacks',
    { record: extendedJson(z.object({ id: z.string() })) },
    ['pipeline.no_such_field'],
  ],
  [
    'a format that cannot be read',
    { columns: withName(timestamp('name', { format: 'YYYY' })) },
    ['pipeline.timestamp_format'],
  ],
  [
    'a format of a day that cannot be read',
    { columns: withName(date('name', { format: ['iso', 'MM'] })) },
    ['pipeline.timestamp_format'],
  ],
  [
    'a zone that there is not',
    { columns: withName(timestamp('name', { zone: 'Europe/Atlantis' })) },
    ['pipeline.time_zone'],
  ],
  [
    'separators that are one',
    { columns: withName(decimal('name', { separators: { group: '.', decimal: '.' } })) },
    ['pipeline.decimal_separators'],
  ],
  [
    'a scale that is no whole number',
    { columns: withName(decimal('name', { scale: 0.5, round: 'down' })) },
    ['pipeline.decimal_scale'],
  ],
  [
    'rounding without a scale',
    { columns: withName({ kind: 'decimal', field: 'name', round: 'down' }) },
    ['pipeline.decimal_scale'],
  ],
  ['a key that the record lacks', { key: 'uid' }, ['pipeline.no_such_field']],
  ['a key of nothing', { key: [] }, ['pipeline.key']],
  ['a match on a column that the table lacks', { match: [['slug']] }, ['pipeline.no_such_column']],
  ['a policy that does not exist', { policies: { adopt: 'maybe' } }, ['pipeline.policies']],
  ['a limit that cannot be read', { limits: { rejects: 'few' } }, ['pipeline.limits']],
  ['a choice for broken sources that does not exist', { limits: { truncated: 'skip' } }, ['pipeline.limits']],
  ['a record of no bytes', { limits: { recordBytes: 0 } }, ['pipeline.limits']],
  ['a record larger than any text can be', { limits: { recordBytes: 2 ** 29 } }, ['pipeline.limits']],
  ['a target that is no table', { target: {} }, ['pipeline.target']],
  ['a name that is missing', { name: '' }, ['pipeline.name']],
  [
    'every problem at once, not the first alone',
    { columns: { id: columns['id'], colour: 'name' }, key: 'uid' },
    ['pipeline.no_such_column', 'pipeline.missing_column', 'pipeline.no_such_field'],
  ],
])('%s', (_, change, expected) => {
  expect(codes(change)).toEqual(expected)
})

test('a pipeline’s own choices win over those of the configuration, and those over the defaults', () => {
  const context = {
    file: 'things.ts',
    dir: '/',
    policies: { adopt: 'keep', duplicates: 'first' },
    limits: { rejects: 5 },
    bookkeeping: {},
  } as const
  const { compiled } = compilePipeline({ ...sound, policies: { adopt: 'reject' } }, context)
  expect(compiled?.policies).toEqual({
    adopt: 'reject',
    duplicates: 'first',
    edited: 'keep',
    deleted: 'leave',
    missing: 'keep',
    atomic: 'record',
  })
  expect(compiled?.limits).toEqual({
    rejects: 5,
    removals: '10%',
    truncated: 'refuse',
    recordBytes: 2 ** 26,
  })
})
