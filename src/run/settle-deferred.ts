import { referenceGroups } from '../record/reference-groups.js'
import { ownReferences } from './own-references.js'
import type { PipelineState } from './pipeline-state.js'
import type { MappedLegacy } from './records.js'
import { settleRecords } from './settle-records.js'

/** `again`: whoever can get on does; `circles`: those in a circle go with open columns; `final`: each is decided for good. */
type Pass = 'again' | 'circles' | 'final'

/**
 * Settles what waited for the end of the source, those that are referred to first: as long as some of it gets on; then circles
 * are opened where their columns may be null; what is left then is decided for good.
 */
export async function settleDeferred(state: PipelineState, batchRecords: number): Promise<void> {
  state.sourceRead = true
  let pass: Pass = 'again'
  while (state.deferred.size > 0) {
    const before = state.deferred.size
    const asked = askedIn(pass, state)
    for (let start = 0; start < asked.length; start += batchRecords) {
      await settleRecords(state, asked.slice(start, start + batchRecords), [], pass === 'final')
    }
    pass = state.deferred.size < before ? 'again' : pass === 'again' ? 'circles' : 'final'
  }
}

function askedIn(pass: Pass, state: PipelineState): MappedLegacy[] {
  const waiting = [...state.deferred.values()]
    .toSorted((a, b) => a.ordinal - b.ordinal)
    .map(({ circle: _, ...record }): MappedLegacy => record)
  const refersTo = ownReferences(state.prepared, waiting)
  const groups = referenceGroups(waiting, (record) => refersTo(record).map(({ to }) => to))
  const ordered = groups.flatMap(({ members }) => members)
  if (pass === 'again') return ordered
  const marked = ordered.map((record) => {
    const circle = state.circles.circleOf(record)
    return circle === undefined ? record : { ...record, circle }
  })
  return pass === 'final' ? marked : marked.filter(({ circle }) => circle?.kind === 'nullable')
}
