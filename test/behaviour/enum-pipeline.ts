import { addPipeline } from './extra-pipeline.js'
import type { Ground } from './ground.js'

/** Adds the pipeline `orders`: a key, a state without a fallback, and what else is given. */
export async function addOrders(
  ground: Ground,
  more: { rule?: string; column?: string; checks?: string; ddl?: string; pipeline?: string } = {},
): Promise<void> {
  const {
    rule = `legacyEnum('order_state', ['open', 'paid'], { aliases: { 0: 'open', 1: 'paid', offen: 'open' } })`,
    column = `pg.text('state')`,
    checks = '',
    ddl = 'state text',
    pipeline = '',
  } = more
  await addPipeline(
    ground,
    'orders',
    `
const State = ${rule}
export const orders = pg.pgTable('orders', {
  id: pg.integer('id').primaryKey(),
  customer: pg.uuid('customer'),
  state: ${column},
}, (table) => [${checks}])
export default definePipeline({
  name: 'orders',
  source: { files: '../data/orders.json' },
  record: z.object({ id: z.number(), customer: z.string().nullish(), state: z.unknown().optional() }),
  key: 'id',
  filter: (order) => order.id < 1_000_000,
  target: orders,
  columns: { id: 'id', customer: reference('people', 'customer'), state: State.from('state') },
  ${pipeline}
})
`,
    `create table orders (id integer primary key, customer uuid, ${ddl})`,
  )
}
