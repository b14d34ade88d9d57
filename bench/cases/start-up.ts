import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Ground } from '../measure/ground.js'
import { runProcess } from '../measure/run-process.js'
import { writeVariant } from '../data/members.js'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** How long it takes to begin, beside what Node needs by itself, and to find that there is nothing to do. */
export async function startUp(ground: Ground): Promise<void> {
  ground.samples.add('start-up of node alone', await runProcess(process.execPath, ['--eval', '']))
  ground.samples.add('start-up of --help', await runProcess(process.execPath, [main, '--help']))
  await ground.place(await writeVariant(ground.folder, 10, { name: 'few' }))
  const url = `sqlite:${await ground.freshSqlite()}`
  await ground.carryover(url)
  ground.samples.add('run with nothing to do', await ground.carryover(url))
  await ground.place(join(ground.folder, 'variants/plain.json'))
}
