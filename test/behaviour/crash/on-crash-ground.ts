import { beforeAll, beforeEach, describe } from 'vitest'
import { layCrashGround, type CrashGround } from './crash-ground.js'
import { scale } from './scale.js'

/** Declares a promise on SQLite and on Postgres; each rule finds the second export about to be imported. */
export function onCrashGround(title: string, rules: (ground: CrashGround) => void): void {
  describe.each(['sqlite', 'postgres'] as const)(`${title}, on %s`, (engine) => {
    const ground = {} as CrashGround
    beforeAll(async () => {
      const { records } = scale
      Object.assign(ground, await layCrashGround(engine, { records, batch: Math.ceil(records / 40) }))
      return () => ground.close()
    }, 600_000)
    beforeEach(() => ground.database.restore())
    rules(ground)
  })
}
