import { expect } from 'vitest'
import type { RunOptions, RunReport } from '../../src/index.js'
import { comparable, type Comparable } from './comparable.js'
import { everything } from './everything.js'
import type { Ground } from './ground.js'

/** A legacy record of the pipeline `organizations`. */
export function organization(id: number): object {
  return { id, slug: `o${id}`, name: `O ${id}` }
}

/** A legacy record of the pipeline `people`. */
export function person(id: number, more: object = {}): object {
  return { id, email: `p${id}@example.org`, ...more }
}

/** The target and what the ledger has of its records, row for row: everything but runs and rejects. */
export async function keptOf(ground: Ground): Promise<Record<string, unknown>> {
  const held = await everything(ground)
  for (const table of ['runs', 'rejects', 'lease']) delete held[ground.ledger(table)]
  return held
}

/** Plans, rehearses and runs; all three say the same. Answers what the run says. */
export async function planAndRun(ground: Ground, options: RunOptions = {}): Promise<RunReport> {
  const planned = await ground.plan(options)
  const rehearsed = await ground.plan({ ...options, rehearse: true })
  const done = await ground.run(options)
  expect(told(planned)).toEqual(told(done))
  expect(told(rehearsed)).toEqual(told(done))
  return done
}

function told({ status, exitCode, errors, totals, ...report }: RunReport): object {
  return { status, exitCode, errors, totals, pipelines: comparable({ ...report } as RunReport) }
}

/** What a report says of one pipeline. */
export function partOf(report: RunReport, name: string): Comparable | undefined {
  return comparable(report).find((part) => part.name === name)
}

/** Keys of the rejects that are open, in order. */
export async function openRejects(ground: Ground, pipeline: string): Promise<unknown[]> {
  const rows = await ground.query(
    `select legacy_key from ${ground.ledger('rejects')} where pipeline = '${pipeline}' and closed_run_id is null order by 1`,
  )
  return rows.map((row) => row['legacy_key'])
}

/** A pipeline, with its table, whose records refer to those of another that does the same. */
export function halfACircle(name: string, to: string, policies = ''): string {
  return `
export const ${name} = pg.pgTable('${name}', { id: pg.integer('id').primaryKey(), other: pg.integer('other') })
export default definePipeline({
  name: '${name}',
  source: { files: '../data/${name}.json' },
  record: z.object({ id: z.number(), other: z.number().nullish() }),
  key: 'id',
  target: ${name},
  columns: { id: 'id', other: reference('${to}', 'other') },
  ${policies}
})
`
}
