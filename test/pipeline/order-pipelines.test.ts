import { pgTable, uuid } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { compilePipeline } from '../../src/pipeline/compile-pipeline.js'
import type { CompiledPipeline } from '../../src/pipeline/compiled-pipeline.js'
import { orderPipelines } from '../../src/pipeline/order-pipelines.js'
import { selectPipelines } from '../../src/pipeline/select-pipelines.js'
import { reference, uuidFrom } from '../../src/index.js'

const table = pgTable('t', { id: uuid('id').primaryKey(), other: uuid('other') })

function pipeline(name: string, needs?: string): CompiledPipeline {
  const { compiled } = compilePipeline(
    {
      name,
      source: { files: 'x.json' },
      record: z.object({ id: z.string() }),
      key: 'id',
      target: table,
      columns: { id: uuidFrom('id'), ...(needs === undefined ? {} : { other: reference(needs, 'id') }) },
    },
    { file: `${name}.ts`, dir: '/', policies: {}, limits: {}, bookkeeping: {} },
  )
  return compiled as CompiledPipeline
}

const names = (pipelines: readonly CompiledPipeline[]) => pipelines.map(({ name }) => name)

test('a pipeline comes after those it refers to, and otherwise by name', () => {
  const { ordered, problems } = orderPipelines([
    pipeline('b', 'z'),
    pipeline('a', 'b'),
    pipeline('z'),
    pipeline('c'),
  ])
  expect(names(ordered)).toEqual(['z', 'b', 'a', 'c'])
  expect(problems).toEqual([])
})

test('a pipeline may refer to itself', () => {
  expect(orderPipelines([pipeline('a', 'a')]).problems).toEqual([])
})

test('a circle is named from end to end', () => {
  const { problems } = orderPipelines([pipeline('a', 'b'), pipeline('b', 'c'), pipeline('c', 'a')])
  expect(problems).toMatchObject([
    { code: 'pipeline.cycle', message: expect.stringContaining('a → b → c → a') },
  ])
})

test('a reference to a pipeline that does not exist is named', () => {
  expect(orderPipelines([pipeline('a', 'nowhere')]).problems).toMatchObject([
    { code: 'pipeline.unknown_reference' },
  ])
})

test('a pipeline that is asked for brings what it needs, and nothing else', () => {
  const { ordered } = orderPipelines([pipeline('a', 'b'), pipeline('b', 'c'), pipeline('c'), pipeline('d')])
  expect(names(selectPipelines(ordered, ['a']))).toEqual(['c', 'b', 'a'])
  expect(names(selectPipelines(ordered, []))).toEqual(['c', 'b', 'a', 'd'])
  expect(() => selectPipelines(ordered, ['x'])).toThrow(/no pipeline x/)
})
