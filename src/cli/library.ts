import type { check } from '../run/check.js'
import type { inspect } from '../run/inspect.js'
import type { migrate } from '../run/migrate.js'
import type { plan } from '../run/plan.js'
import type { rejects } from '../run/rejects.js'
import type { run } from '../run/run.js'
import type { runs } from '../run/runs.js'
import type { status } from '../run/status.js'
import type { undo } from '../run/undo.js'
import type { unlock } from '../run/unlock.js'
import type { verify } from '../run/verify.js'

/** What the commands call. */
export interface Library {
  check: typeof check
  inspect: typeof inspect
  migrate: typeof migrate
  plan: typeof plan
  rejects: typeof rejects
  run: typeof run
  runs: typeof runs
  status: typeof status
  undo: typeof undo
  unlock: typeof unlock
  verify: typeof verify
}

/** The library's functions, each loaded when it is first called: `--help` must not wait for database drivers. */
export const library: Library = {
  check: async (options) => (await import('../run/check.js')).check(options),
  inspect: async (options) => (await import('../run/inspect.js')).inspect(options),
  migrate: async (options) => (await import('../run/migrate.js')).migrate(options),
  plan: async (options) => (await import('../run/plan.js')).plan(options),
  rejects: async (options) => (await import('../run/rejects.js')).rejects(options),
  run: async (options) => (await import('../run/run.js')).run(options),
  runs: async (options) => (await import('../run/runs.js')).runs(options),
  status: async (options) => (await import('../run/status.js')).status(options),
  undo: async (options) => (await import('../run/undo.js')).undo(options),
  unlock: async (options) => (await import('../run/unlock.js')).unlock(options),
  verify: async (options) => (await import('../run/verify.js')).verify(options),
}
