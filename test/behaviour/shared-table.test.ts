import { expect, test } from 'vitest'
import { comparable } from './comparable.js'
import { addPipeline, writePipeline } from './extra-pipeline.js'
import { promise, type Ground } from './ground.js'

promise('two pipelines fill one table', (ground) => {
  test('and a plan sees what the second adds to the rows that the first would insert', async () => {
    await layTongues(ground)
    await ground.source('tongues', [
      { code: 'deu', name: 'German' },
      { code: 'epo', name: 'Esperanto' },
      { code: 'sla', name: 'Slavic' },
      { code: 'zxx', name: 'None' },
    ])
    await ground.source('tongues_details', [
      { code: 'deu', short: 'de', living: true, speakers: 95, rate: '0.10', mood: "it's new" },
      { code: 'epo', living: false, speakers: 0, rate: '1.5', mood: 'old' },
      // All that the columns hold by default.
      { code: 'zxx', living: true, speakers: 0, rate: '0.10', mood: "it's new" },
      { code: 'swe', short: 'sv', living: true, speakers: 10, rate: '0.10', mood: "it's new" },
    ])
    const only = { only: ['tongues', 'tongues_details'] }
    const planned = await ground.plan(only)
    const inSmallBatches = await ground.plan({ ...only, batch: 1 })
    const done = await ground.run(only)
    expect(done.errors).toEqual([])
    expect(done.pipelines.find(({ name }) => name === 'tongues_details')?.outcomes).toMatchObject({
      inserted: 1,
      updated: 2,
      unchanged: 1,
    })
    expect(comparable(planned)).toEqual(comparable(done))
    expect(comparable(inSmallBatches)).toEqual(comparable(done))
    expect(await ground.query('select code, name, short, speakers from tongues order by code')).toEqual([
      { code: 'deu', name: 'German', short: 'de', speakers: expect.anything() as unknown },
      { code: 'epo', name: 'Esperanto', short: null, speakers: expect.anything() as unknown },
      { code: 'sla', name: 'Slavic', short: null, speakers: expect.anything() as unknown },
      { code: 'swe', name: 'swe', short: 'sv', speakers: expect.anything() as unknown },
      { code: 'zxx', name: 'None', short: null, speakers: expect.anything() as unknown },
    ])
    expect((await ground.run(only)).totals).toMatchObject({ unchanged: 8, inserted: 0, updated: 0 })
  })

  test('and what the other gave the same column is an edit to either of them', async () => {
    await layTongues(ground)
    await writePipeline(
      ground,
      'tongues_shorts',
      `
import { tongues } from './tongues.js'

export default definePipeline({
  name: 'tongues_shorts',
  source: { files: '../data/tongues_shorts.json' },
  record: z.object({ code: z.string(), short: z.string() }),
  key: 'code',
  target: tongues,
  columns: { id: uuidFrom('code'), code: 'code', name: onInsert(({ code }: { code: string }) => code), short: 'short' },
})
`,
    )
    const details = { code: 'deu', living: true, speakers: 0, rate: '0.10', mood: "it's new" }
    const only = { only: ['tongues_details', 'tongues_shorts'] }
    await ground.source('tongues_details', [{ ...details, short: 'de' }])
    await ground.source('tongues_shorts', [{ code: 'deu', short: 'ger' }])
    const short = () => ground.query('select short from tongues')
    await ground.run(only)
    expect(await short()).toEqual([{ short: 'ger' }])
    expect((await ground.run(only)).totals).toMatchObject({ unchanged: 2, updated: 0, kept: 0 })
    await ground.source('tongues_details', [{ ...details, short: 'dt' }])
    const later = await ground.run(only)
    expect(later.totals).toMatchObject({ unchanged: 1, updated: 0, kept: 1 })
    expect(later.pipelines.flatMap(({ warnings }) => warnings)).toContainEqual(
      expect.objectContaining({ code: 'kept', column: 'short', count: 1 }),
    )
    expect(await short()).toEqual([{ short: 'ger' }])
  })
})

/** A table of languages; the names come from one source, the rest from another. */
async function layTongues(ground: Ground): Promise<void> {
  await addPipeline(
    ground,
    'tongues',
    `
export const tongues = pg.pgTable('tongues', {
  id: pg.uuid('id').primaryKey(),
  code: pg.text('code').notNull().unique(),
  name: pg.text('name').notNull(),
  short: pg.text('short'),
  living: pg.boolean('living').notNull().default(true),
  speakers: pg.integer('speakers').notNull().default(0),
  rate: pg.numeric('rate', { precision: 6, scale: 2 }).notNull().default('0.10'),
  mood: pg.text('mood').notNull().default("it's new"),
})
export default definePipeline({
  name: 'tongues',
  source: { files: '../data/tongues.json' },
  record: z.object({ code: z.string(), name: z.string() }),
  key: 'code',
  target: tongues,
  columns: { id: uuidFrom('code'), code: 'code', name: 'name' },
})
`,
    `create table tongues (id uuid primary key, code text not null constraint tongues_code_unique unique, name text not null, short text,
       living boolean not null default true, speakers integer not null default 0, rate numeric(6, 2) not null default 0.10,
       mood text not null default 'it''s new')`,
  )
  // By its name it is the second.
  await writePipeline(
    ground,
    'tongues_details',
    `
import { tongues } from './tongues.js'

export default definePipeline({
  name: 'tongues_details',
  source: { files: '../data/tongues_details.json' },
  record: z.object({ code: z.string(), short: z.string().optional(), living: z.boolean(), speakers: z.number(), rate: z.string(), mood: z.string() }),
  key: 'code',
  target: tongues,
  columns: {
    id: uuidFrom('code'), code: 'code', name: onInsert(({ code }: { code: string }) => code), short: 'short', living: 'living',
    speakers: 'speakers', rate: decimal('rate'), mood: 'mood',
  },
})
`,
  )
}
