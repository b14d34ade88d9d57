import { expect, it } from 'vitest'
import { LaterRunsError } from '../../src/run/later-runs-error.js'

it.each([
  [
    [6],
    'run 6 wrote on what it wrote, points at rows that it inserted, or has what it would restore.',
    'Add --with-later to undo that one too.',
  ],
  [
    [7, 6],
    'runs 6, 7 wrote on what it wrote, point at rows that it inserted, or have what it would restore.',
    'Add --with-later to undo those too, the last one first.',
  ],
])(
  'a run that the runs %j built on is refused in a sentence that fits their number',
  (later, message, hint) => {
    expect(new LaterRunsError(1, later)).toMatchObject({
      message: `Run 1 cannot be undone alone: ${message}`,
      hint,
    })
  },
)
