import { pgTable, uuid } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { reference, uuidFrom } from '../../src/index.js'
import { atomicProblems } from '../../src/pipeline/atomic-problems.js'
import { compilePipeline } from '../../src/pipeline/compile-pipeline.js'
import type { CompiledPipeline } from '../../src/pipeline/compiled-pipeline.js'
import type { AtomicPolicy } from '../../src/pipeline/policies.js'

const table = pgTable('t', { id: uuid('id').primaryKey(), other: uuid('other') })

function pipeline(name: string, atomic: AtomicPolicy, to?: string): CompiledPipeline {
  const { compiled } = compilePipeline(
    {
      name,
      source: { files: 'x.json' },
      record: z.object({ id: z.string() }),
      key: 'id',
      target: table,
      columns: { id: uuidFrom('id'), ...(to === undefined ? {} : { other: reference(to, 'id') }) },
    },
    { file: `${name}.ts`, dir: '/', policies: { atomic }, limits: {}, bookkeeping: {} },
  )
  return compiled as CompiledPipeline
}

test.each<[string, CompiledPipeline[], string[]]>([
  ['alone', [pipeline('a', 'pipeline')], []],
  ['that refers to itself', [pipeline('a', 'pipeline', 'a')], []],
  ['that refers to another one', [pipeline('a', 'pipeline', 'b'), pipeline('b', 'pipeline')], []],
  ['in a circle', [pipeline('a', 'pipeline', 'b'), pipeline('b', 'record', 'a')], ['a']],
  [
    'in a circle of three',
    [pipeline('a', 'pipeline', 'b'), pipeline('b', 'pipeline', 'c'), pipeline('c', 'run', 'a')],
    ['a', 'b'],
  ],
  [
    'that refers to a circle',
    [pipeline('a', 'pipeline', 'b'), pipeline('b', 'run', 'c'), pipeline('c', 'run', 'b')],
    [],
  ],
])('a pipeline %s that is to be rolled back alone', (_, pipelines, refused) => {
  const problems = atomicProblems(pipelines)
  expect(problems.map((problem) => problem.pipeline)).toEqual(refused)
  for (const problem of problems)
    expect(problem).toMatchObject({ code: 'pipeline.atomic_circle', severity: 'error' })
})
