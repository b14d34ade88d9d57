import { markOf, type AppliedMark } from '../../src/record/applied-marks.js'
import type { HeldColumn } from '../../src/record/edited-columns.js'

export const text = (...readings: (string | null)[]): HeldColumn => ({ kind: 'text', readings })
const given = (value: string | null): AppliedMark => ({
  source: markOf('text', value),
  held: markOf('text', value),
})
const filled = (value: string | null): AppliedMark => ({ source: undefined, held: markOf('text', value) })

/** A run left `name: b`, `slug: y`, and `version: 2`, which it had filled in by itself. */
export const marks = new Map([
  ['name', given('b')],
  ['slug', given('y')],
  ['version', filled('2')],
])
export const row = (name: string | null, slug: string, version: string) =>
  new Map([
    ['name', text(name)],
    ['slug', text(slug)],
    ['version', text(version)],
  ])
