import type { KeyImage, Staged } from '../batch.js'
import { keyedStage, withDefaults } from './probe.js'
import { quoteText } from './quote.js'
import type { Session } from './session.js'
import { stageSql } from './stage.js'

/**
 * The keys of each record as text that is equal exactly where the database calls the keys equal: a 128-bit hash by the
 * type's own hash function, which knows case-insensitive types and collations.
 */
export async function keyImages(
  session: Session,
  keys: readonly string[],
  staged: Staged,
): Promise<Map<number, readonly (KeyImage | null)[]>> {
  const images = new Map<number, (KeyImage | null)[]>()
  for (const row of staged.rows)
    images.set(
      row.ordinal,
      keys.map(() => null),
    )
  const taking = staged.table.uniqueKeys.filter((key) => keys.includes(key.name))
  if (taking.length === 0 || staged.rows.length === 0) return images
  const read = new Set(taking.flatMap((key) => key.columns))
  const stage = withDefaults(
    stageSql(staged.table, staged.columns, staged.rows),
    staged.table,
    staged.columns,
    read,
  )
  const selects = taking.map((key) => {
    const members = key.parts.map((_, index) => {
      const hash = [0, 1].map((seed) => `hash_record_extended(row(k${index}), ${seed})`).join(` || ':' || `)
      return `case when k${index} is not null then ${hash} end`
    })
    return `select ordinal::text, ${quoteText(key.name)} as key, array_to_json(array[${members.join(', ')}])::text as image
              from (${keyedStage(key)}) keyed`
  })
  const rows = await session.query(
    `with stage as materialized (${stage.sql}) ${selects.join(' union all ')}`,
    stage.params,
  )
  for (const row of rows) {
    const image = JSON.parse(row['image'] as string) as (string | null)[]
    const own = images.get(Number(row['ordinal']))
    if (own !== undefined) own[keys.indexOf(row['key'] as string)] = image
  }
  return images
}
