import { sql } from 'drizzle-orm'
import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { compilePipeline } from '../../src/pipeline/compile-pipeline.js'
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
  return compilePipeline(pipeline, { file: 'things.ts', dir: '/', policies: {}, limits: {} }).problems.map(
    ({ code }) => code,
  )
}

const columns = sound.columns

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
  } as const
  const { compiled } = compilePipeline({ ...sound, policies: { adopt: 'reject' } }, context)
  expect(compiled?.policies).toEqual({ adopt: 'reject', duplicates: 'first', deleted: 'leave' })
  expect(compiled?.limits).toEqual({ rejects: 5, truncated: 'refuse', recordBytes: 2 ** 26 })
})
