import { cut } from '../../report/words/cut.js'
import type { Output } from '../surroundings.js'
import { progressLine } from './progress-line.js'
import type { ProgressView } from './progress-view.js'

const everyMs = 100
const eraseLine = '\r\u001b[2K'

/** One line of a terminal that is written over, and is gone when the report comes. */
export function terminalProgress(terminal: Output, now: () => number): ProgressView {
  let shownAt: number | undefined
  return {
    update(progress) {
      if (shownAt !== undefined && now() - shownAt < everyMs) return
      shownAt = now()
      // A line that reaches the last column would wrap, and the next one not cover it.
      terminal.write(eraseLine + cut(progressLine(progress), (terminal.columns ?? 80) - 1))
    },
    end() {
      if (shownAt !== undefined) terminal.write(eraseLine)
      shownAt = undefined
    },
  }
}
