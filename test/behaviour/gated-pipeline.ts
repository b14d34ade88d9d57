import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { addPipeline } from './extra-pipeline.js'
import type { Ground } from './ground.js'

/** A pipeline whose source stops in the middle of a run, in whichever process that is. */
export interface Gate {
  /** Settles when a run stands before it. */
  reached(): Promise<void>
  open(): Promise<void>
}

/** Adds the pipeline `letters` with two records, the gate between them. */
export async function addGatedPipeline(ground: Ground): Promise<Gate> {
  const [arrived, opened] = [join(ground.dir, 'arrived'), join(ground.dir, 'opened')]
  await addPipeline(
    ground,
    'letters',
    `
import { existsSync, writeFileSync } from 'node:fs'

export const letters = pg.pgTable('letters', { id: pg.integer('id').primaryKey() })
export default definePipeline({
  name: 'letters',
  source: async function* () {
    yield { id: 1 }
    writeFileSync(${JSON.stringify(arrived)}, '')
    while (!existsSync(${JSON.stringify(opened)})) await new Promise((resolve) => setTimeout(resolve, 20))
    yield { id: 2 }
  },
  record: z.object({ id: z.number() }),
  key: 'id',
  target: letters,
  columns: { id: 'id' },
})
`,
    'create table letters (id integer primary key)',
  )
  return {
    reached: async () => {
      while (!existsSync(arrived)) await sleep(20)
    },
    open: () => writeFile(opened, ''),
  }
}
