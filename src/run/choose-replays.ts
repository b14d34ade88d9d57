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
 * Chooses one reject for each key: that of the newest run, and in it the first of the source. A second record of a key is chosen
 * only when nobody else has it.
 * @param known the keys of `duplicate_key` rejects that the ledger has a record for
 */
export function chooseReplays(open: readonly RejectRow[], known: ReadonlySet<string>): Choice {
  const notKept: RejectRow[] = []
  const keyTaken: RejectRow[] = []
  const taken = new Set<string>()
  const chosen = open.toSorted(byClaim).filter((row) => {
    const { legacyKey, copy } = row
    if (legacyKey !== null) {
      if (taken.has(legacyKey) || (isSecond(row) && known.has(legacyKey))) {
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
export function isSecond({ code }: RejectRow): boolean {
  return code === 'duplicate_key'
}

function byClaim(a: RejectRow, b: RejectRow): number {
  return Number(isSecond(a)) - Number(isSecond(b)) || b.runId - a.runId || inSource(a, b)
}

function inSource(a: RejectRow, b: RejectRow): number {
  return a.ordinal - b.ordinal || a.runId - b.runId || (a.id < b.id ? -1 : 1)
}
