/** Who runs. */
export interface Lessee {
  readonly command: string
  readonly host: string
  readonly user: string
  readonly processId: number
  /** The platform's deployment id, where there is one. */
  readonly deployment: string | null
}

/** The row of the ledger that says who runs now: there from the moment a run has the lock until it lets go of it. */
export interface Lease extends Lessee {
  /** Made anew for each run, so that nobody takes somebody else's lease for their own. */
  readonly token: string
  /** Null until the run has its number, and for what is no run: a migration. */
  readonly runId: number | null
  /** The server's process that holds the lock; null where no server is. */
  readonly backendPid: number | null
  readonly acquiredAt: string
  /** The last sign of life. Nobody loses the lock for being silent. */
  readonly heartbeatAt: string
}

/** How the lock of a database stands. A lease without a lock was left by a run that died. */
export interface LockState {
  readonly held: boolean
  readonly lease: Lease | null
  /** The server's process that holds the lock; null when nobody does, or where no server is. */
  readonly backendPid: number | null
}

/** A lease shows a sign of life when the last one is older. */
export const heartbeatMs = 5_000
