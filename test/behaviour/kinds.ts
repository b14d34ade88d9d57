import { addPipeline } from './extra-pipeline.js'
import type { Ground } from './ground.js'

/** Adds the pipeline `kinds`, whose table has a column of every kind. */
export async function layKinds(ground: Ground): Promise<void> {
  await addPipeline(
    ground,
    'kinds',
    `
export const kinds = pg.pgTable('kinds', {
  id: pg.integer('id').primaryKey(),
  big: pg.bigint('big', { mode: 'bigint' }),
  real: pg.doublePrecision('real'),
  amount: pg.numeric('amount', { precision: 10, scale: 2 }),
  open: pg.boolean('open'),
  at: pg.timestamp('at', { withTimezone: true }),
  local: pg.timestamp('local'),
  day: pg.date('day'),
  time: pg.time('time'),
  data: pg.jsonb('data'),
  text: pg.json('text'),
  tags: pg.text('tags').array(),
  other: pg.uuid('other'),
})
export default definePipeline({
  name: 'kinds',
  source: { files: '../data/kinds.json' },
  record: z.object({
    id: z.number(), big: z.string().nullable(), real: z.number().nullable(), amount: z.string().nullable(),
    open: z.boolean().nullable(), at: z.string().nullable(), local: z.string().nullable(), day: z.string().nullable(),
    time: z.string().nullable(), data: z.unknown(), tags: z.array(z.string()).nullable(), other: z.string().nullable(),
  }),
  key: 'id',
  target: kinds,
  columns: {
    id: 'id', big: ({ big }) => big === null ? null : BigInt(big), real: 'real', amount: decimal('amount'), open: 'open',
    at: ({ at }) => at === null ? null : new Date(at), local: ({ local }) => local === null ? null : new Date(local + 'Z'),
    day: 'day', time: 'time', data: json('data'), text: json('data'), tags: 'tags', other: 'other',
  },
})
`,
    `create table kinds (
       id integer primary key, big bigint, real double precision, amount numeric(10, 2), open boolean, at timestamptz,
       local timestamp, day date, time time, data jsonb, text json, tags text[], other uuid)`,
  )
}
