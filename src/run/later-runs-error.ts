import { TargetError } from '../errors.js'

/** A run cannot be undone alone: later ones built on what it wrote. */
export class LaterRunsError extends TargetError {
  readonly runIds: readonly number[]

  constructor(runId: number, later: readonly number[]) {
    const runIds = later.toSorted((one, other) => one - other)
    const built =
      runIds.length === 1
        ? `run ${runIds.join()} wrote on what it wrote, points at rows that it inserted, or has what it would restore`
        : `runs ${runIds.join(', ')} wrote on what it wrote, point at rows that it inserted, or have what it would restore`
    const those = runIds.length === 1 ? 'that one too' : 'those too, the last one first'
    super('undo.later_runs', `Run ${runId} cannot be undone alone: ${built}.`, {
      hint: `Add --with-later to undo ${those}.`,
    })
    this.runIds = runIds
  }
}
