import type { RejectRow } from '../target/ledger.js'

/** The open rejects of a pipeline, by whether they can be replayed. */
export interface Choice {
  /** In the order of the source. */
  readonly chosen: readonly RejectRow[]
  /** The ledger has no exact copy of their records. */
  readonly notKept: readonly RejectRow[]
  /** Another record has their key: they would be written over it. */
  readonly keyTaken: readonly RejectRow[]
}

/**
 * Chooses one reject for each key: that of the newest run, and in it the first of the source. Left alone are a second record of a
 * key that somebody else has, and a record of which a later run has brought another state: they would be written over that.
 * @param known the keys that the ledger has a record for, with the run that wrote of them last
 */
export function chooseReplays(open: readonly RejectRow[], known: ReadonlyMap<string, number>): Choice {
  const notKept: RejectRow[] = []
  const keyTaken: RejectRow[] = []
  const taken = new Set<string>()
  const chosen = open.toSorted(byClaim).filter((row) => {
    const { legacyKey, copy } = row
    if (legacyKey !== null) {
      const writtenBy = known.get(legacyKey)
      const isLate = writtenBy !== undefined && (isSecond(row) || writtenBy > row.runId)
      if (taken.has(legacyKey) || isLate) {
        keyTaken.push(row)
        return false
      }
      taken.add(legacyKey)
    }
    if (copy !== 'exact') notKept.push(row)
    return copy === 'exact'
  })
  return {
    chosen: chosen.toSorted(inSource),
    notKept: notKept.toSorted(inSource),
    keyTaken: keyTaken.toSorted(inSource),
  }
}

/** True for a record that was rejected because another one has its key. */
function isSecond({ code }: RejectRow): boolean {
  return code === 'duplicate_key'
}

function byClaim(a: RejectRow, b: RejectRow): number {
  return Number(isSecond(a)) - Number(isSecond(b)) || b.runId - a.runId || inSource(a, b)
}

function inSource(a: RejectRow, b: RejectRow): number {
  return a.ordinal - b.ordinal || a.runId - b.runId || (a.id < b.id ? -1 : 1)
}
