import { inChild } from './map-family.js'
import type { PlacedChildren } from './place-children.js'
import type { EncodedLegacy, RejectedLegacy } from './records.js'
import { RoundUndone, type Verdict } from './round-undone.js'

/** What becomes of records for the sake of their children. */
export interface ChildVerdicts {
  /** Judges the record of an element; a rejection stands, whatever else is found. */
  judge(element: Pick<EncodedLegacy, 'ordinal'>, verdict: Verdict): void
  /** Rejects the records of these elements, each with the reason of its first one. */
  reject(rejected: readonly Pick<RejectedLegacy, 'ordinal' | 'reject'>[]): void
  /** @throws RoundUndone when a record was judged: it is not settled as a whole */
  undoRound(): void
}

/** No record is judged yet. */
export function newChildVerdicts({ elements, carrierOf }: PlacedChildren): ChildVerdicts {
  const verdicts = new Map<number, Verdict>()
  const judge: ChildVerdicts['judge'] = (element, verdict) => {
    const { root } = carrierOf(element)
    if (verdicts.get(root.ordinal)?.kind !== 'reject') verdicts.set(root.ordinal, verdict)
  }
  return {
    judge,
    reject: (rejected) => {
      for (const { ordinal, reject } of rejected) {
        const { path } = elements[ordinal] as EncodedLegacy
        judge({ ordinal }, { kind: 'reject', reject: inChild(path, reject) })
      }
    },
    undoRound: () => {
      if (verdicts.size > 0) throw new RoundUndone(verdicts)
    },
  }
}
