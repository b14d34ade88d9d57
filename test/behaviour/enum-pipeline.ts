import { addPipeline, writePipeline } from './extra-pipeline.js'
import type { Ground } from './ground.js'

/** What is different from the ordinary `orders`. */
interface Differences {
  name?: string
  /** The enum. */
  rule?: string
  /** The column in the drizzle schema. */
  column?: string
  /** What makes the column. */
  made?: string
  /** Constraints of the drizzle table. */
  checks?: string
  /** The column, and what follows it, on Postgres. */
  ddl?: string
  /** The table is there: the pipeline alone is written anew. */
  again?: boolean
}

/** Adds a pipeline with a key, a reference and a state that an enum makes. */
export async function addOrders(ground: Ground, different: Differences = {}): Promise<void> {
  const {
    name = 'orders',
    rule = `legacyEnum('order_state', ['open', 'paid'], { aliases: { 0: 'open', 1: 'paid', offen: 'open' } })`,
    column = `pg.text('state')`,
    made = `State.from('state')`,
    checks = '',
    ddl = 'state text',
    again = false,
  } = different
  const text = `
const State = ${rule}
export const ${name} = pg.pgTable('${name}', {
  id: pg.integer('id').primaryKey(),
  customer: pg.uuid('customer'),
  state: ${column},
}, (table) => [${checks}])
export default definePipeline({
  name: '${name}',
  source: { files: '../data/${name}.json' },
  record: z.object({ id: z.number(), customer: z.string().nullish(), state: z.unknown().optional() }),
  key: 'id',
  filter: (order) => order.id < 1_000_000,
  target: ${name},
  columns: { id: 'id', customer: reference('people', 'customer'), state: ${made} },
})
`
  if (again) await writePipeline(ground, name, text)
  else
    await addPipeline(
      ground,
      name,
      text,
      `create table ${name} (id integer primary key, customer uuid, ${ddl})`,
    )
}
