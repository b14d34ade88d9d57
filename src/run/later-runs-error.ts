import { TargetError } from '../errors.js'

/** A run cannot be undone alone: later ones built on what it wrote. */
export class LaterRunsError extends TargetError {
  readonly runIds: readonly number[]

  constructor(runId: number, later: readonly number[]) {
    const runIds = later.toSorted((one, other) => one - other)
    super(
      'undo.later_runs',
      `Run ${runId} cannot be undone alone: ${runIds.length === 1 ? 'run' : 'runs'} ${runIds.join(', ')} wrote on what it wrote, point at rows that it inserted, or have what it would restore.`,
      { hint: 'Add --with-later to undo those too, the last one first.' },
    )
    this.runIds = runIds
  }
}
