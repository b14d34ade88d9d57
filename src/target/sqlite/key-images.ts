import type { KeyImage, Staged } from '../batch.js'
import type { Connection } from './connection.js'
import { keyedRecords } from './keyed-records.js'

/** The unique keys of each record as the database compares them; null where a record takes no part in a key. */
export function keyImages(
  connection: Connection,
  keys: readonly string[],
  staged: Staged,
): Map<number, readonly (KeyImage | null)[]> {
  const images = new Map<number, (KeyImage | null)[]>()
  for (const row of staged.rows)
    images.set(
      row.ordinal,
      keys.map(() => null),
    )
  for (const key of staged.table.uniqueKeys) {
    const place = keys.indexOf(key.name)
    if (place === -1) continue
    for (const { ordinal, image } of keyedRecords(connection, key, staged)) {
      const own = images.get(ordinal)
      if (own !== undefined) own[place] = image
    }
  }
  return images
}
