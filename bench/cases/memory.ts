import { writeMembers, writeVariant } from '../data/members.js'
import type { Ground } from '../measure/ground.js'

/** First load of another number of records, for the memory that it takes; once. */
export async function memory(ground: Ground, records: number): Promise<void> {
  await writeMembers(ground.folder, 0)
  await ground.place(await writeVariant(ground.folder, records, { name: 'many' }))
  const url = await ground.freshPostgres()
  ground.samples.add(`postgres first load of ${records}`, await ground.carryover(url))
  await ground.expectMembers(url, records)
}
