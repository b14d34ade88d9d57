import type { UndoReport } from '../../run/command-reports.js'

type LeftReason = UndoReport['left'][number]['reason']

const phrases: Record<LeftReason, string> = {
  edited: 'edited since',
  deleted: 'deleted since',
  referred: 'another row points at it',
  taken: 'another row has its key or a unique value by now',
  parent_gone: 'what it pointed at is gone',
  refused: 'the database refused it',
}

/** Why an undo left something alone, for people. */
export function describeLeft(reason: LeftReason): string {
  return phrases[reason]
}
