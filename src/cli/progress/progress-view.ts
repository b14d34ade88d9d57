import type { Progress } from '../../run/options.js'

/** Where progress is shown. */
export interface ProgressView {
  update(progress: Progress): void
  /** Leaves the screen to the report. */
  end(): void
}
