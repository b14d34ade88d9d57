import { rejects, type RejectsOptions, type RejectsReport, type RunReport } from '../../src/index.js'
import { addPipeline } from './extra-pipeline.js'
import type { Ground, Row } from './ground.js'

/** A pipeline whose records fail by an enum, by a check, and by a unique key. */
export function items({ sizes = `'M'`, more = '' }: { sizes?: string; more?: string }): string {
  return `
const Size = legacyEnum('size', [${sizes}])
const show = ({ $key, $file, any }) => '$key=' + $key + ' $file=' + $file + ' ' + JSON.stringify(any, (_, value) => typeof value === 'bigint' ? value + 'n' : value).replaceAll('\\\\', '/')
export const itemRows = pg.pgTable('items', {
  id: pg.text('id').primaryKey(), size: pg.text('size'), name: pg.text('name'), slug: pg.text('slug').unique(),
}, (table) => [pg.check('items_name_check', sql\`\${table.name} <> 'bad'\`)])
export default definePipeline({
  name: 'items',
  source: { files: '../data/items.json', at: '' },
  record: z.object({
    id: z.string(), size: z.string(), name: z.string().nullish(), slug: z.string().nullish(), any: z.unknown().optional(),
    $key: z.string().optional(), $file: z.string().optional(),
  }),
  key: 'id',
  target: itemRows,
  columns: { id: 'id', size: Size.from('size'), name: 'name', slug: 'slug' },
  ${more.replace(`size: 'size'`, `size: Size.from('size')`)}
})
`
}

/** Adds the pipeline `items` with its table. */
export async function layItems(ground: Ground): Promise<void> {
  await addPipeline(
    ground,
    'items',
    items({}),
    `create table items (id text primary key, size text, name text constraint items_name_check check (name <> 'bad'),
       slug text constraint items_slug_unique unique)`,
  )
}

/** Runs it alone. */
export function runItems(
  ground: Ground,
  options: { rejects?: boolean; storeValues?: boolean } = {},
): Promise<RunReport> {
  return ground.run({ ...options, only: ['items'] })
}

/** The rejects as the command tells them. */
export function told(ground: Ground, options: RejectsOptions = {}): Promise<RejectsReport> {
  return rejects({ cwd: ground.dir, database: ground.url, env: {}, ...options })
}

/** Every row of the ledger but for the runs themselves. */
export async function ledgerRows(ground: Ground): Promise<Record<string, Row[]>> {
  const tables: Record<string, Row[]> = {}
  for (const table of ['records', 'journal', 'rejects', 'lease'])
    tables[table] = await ground.query(`select * from ${ground.ledger(table)} order by 1, 2`)
  return tables
}
