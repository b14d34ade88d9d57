import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import { startMortalServer, type MortalServer } from '../postgres/mortal-server.js'
import { layCrashGround, type CrashGround } from './crash/crash-ground.js'
import { scale } from './crash/scale.js'
import { seeded } from './crash/seeded.js'

let server: MortalServer
let ground: CrashGround

beforeAll(async () => {
  server = await startMortalServer()
  const records = Math.ceil(scale.records / 4)
  ground = await layCrashGround('postgres', { records, batch: Math.ceil(records / 20), server: server.url })
}, 600_000)
afterAll(async () => {
  await ground?.close()
  await server?.remove()
})
beforeEach(() => ground.database.restore())

const random = seeded(scale.seed)
const crashes = Math.ceil(scale.crashes / 2)
const instants = Array.from(
  { length: crashes },
  (_, index) => 0.3 + (0.7 * (index + random.fraction())) / crashes,
)

test.each(instants)(
  'a server that is killed after %f of the run and started again has lost nothing',
  async (fraction) => {
    const process = ground.start()
    await sleep(fraction * ground.undisturbed.durationMs)
    await server.kill()
    await server.start()
    const { code, report, stderr } = await process.ended
    // Whoever finds the server again goes on; whoever does not says so.
    expect([0, 1], stderr).toContain(code)
    if (code === 1)
      expect(report?.errors.map((error) => error.code)).toEqual([expect.stringMatching(/^database\./)])
    const next = await ground.run()
    expect([next.exitCode, next.errors]).toEqual([ground.undisturbed.ended.code, []])
    expect(await ground.difference()).toEqual({})
  },
  600_000,
)
