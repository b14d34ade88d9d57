import { join } from 'node:path'
import type { Ground } from '../measure/ground.js'

/** First load and rerun of a project beside `\copy` of the rows that it makes. @param tables in the order of their foreign keys */
export async function againstCopy(ground: Ground, name: string, tables: readonly string[]): Promise<void> {
  const { samples, folder } = ground
  const copies = tables.map((table) => `\\copy ${table} from '${join(folder, `${table}.copy`)}'`)
  samples.add(`${name}: copy`, await ground.psql(await ground.freshPostgres(), ...copies))
  const url = await ground.freshPostgres()
  samples.add(`${name}: first load`, await ground.carryover(url))
  samples.add(`${name}: rerun`, await ground.carryover(url))
}
