// Each command is loaded when it is first called: a pipeline file needs none of them, and `--help` no database driver.
import type { check as Check } from './run/check.js'
import type { doctor as Doctor } from './run/doctor.js'
import type { inspect as Inspect } from './run/inspect.js'
import type { migrate as Migrate } from './run/migrate.js'
import type { plan as Plan } from './run/plan.js'
import type { rejects as Rejects } from './run/rejects.js'
import type { run as Run } from './run/run.js'
import type { runs as Runs } from './run/runs.js'
import type { sequences as Sequences } from './run/sequences.js'
import type { status as Status } from './run/status.js'
import type { undo as Undo } from './run/undo.js'
import type { unlock as Unlock } from './run/unlock.js'
import type { verify as Verify } from './run/verify.js'

/** Reads the pipelines and the whole of their sources, and reports every problem. Asks no database. */
export const check: typeof Check = async (options) => (await import('./run/check.js')).check(options)

/** Audits database, schema and pipelines. Changes nothing. */
export const doctor: typeof Doctor = async (options) => (await import('./run/doctor.js')).doctor(options)

/** Profiles legacy JSON of any size; with `scaffold` it writes pipelines for what it found. Asks no database. */
export const inspect: typeof Inspect = async (options) => (await import('./run/inspect.js')).inspect(options)

/** Brings the database to the declared schema, under the lock of a run. */
export const migrate: typeof Migrate = async (options) => (await import('./run/migrate.js')).migrate(options)

/** Computes everything a run would do, and writes nothing. */
export const plan: typeof Plan = async (options) => (await import('./run/plan.js')).plan(options)

/** The records that could not go on, with their place and reason. Records themselves only with `showValues`. */
export const rejects: typeof Rejects = async (options) => (await import('./run/rejects.js')).rejects(options)

/** Applies the pipelines to the database, then verifies. Only a defect of carryover is thrown: everything else is in the `errors` of the report. */
export const run: typeof Run = async (options) => (await import('./run/run.js')).run(options)

/** The runs of this database as the ledger tells them, the last one first. Writes nothing. */
export const runs: typeof Runs = async (options) => (await import('./run/runs.js')).runs(options)

/** Every sequence of the database beside its column; with `fix`, those that are behind are advanced, never backwards. */
export const sequences: typeof Sequences = async (options) =>
  (await import('./run/sequences.js')).sequences(options)

/** What the ledger knows: the last run, who runs now, and how many records of each pipeline have a row. Writes nothing. */
export const status: typeof Status = async (options) => (await import('./run/status.js')).status(options)

/** Takes back what a run did, and leaves alone what was edited afterwards. Needs no pipeline file. */
export const undo: typeof Undo = async (options) => (await import('./run/undo.js')).undo(options)

/** Clears what a dead run has left: its lease, and on Postgres the connection of a host that is gone. */
export const unlock: typeof Unlock = async (options) => (await import('./run/unlock.js')).unlock(options)

/** Reads the sources and the target again and compares. Writes nothing. */
export const verify: typeof Verify = async (options) => (await import('./run/verify.js')).verify(options)
