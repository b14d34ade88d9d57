/** How much work is put into one transaction, by what came of the last ones. All pipelines of a run share it. */
export interface Pace {
  /** The most records that the next transaction may take. */
  readonly records: number
  /** A transaction of so many records was lost: the next one takes half. */
  failed(records: number): void
  /** One was committed: the next may take twice as many. */
  succeeded(): void
}

/** The pace of a run that has failed at nothing yet. */
export function newPace(): Pace {
  let most = Number.POSITIVE_INFINITY
  return {
    get records() {
      return most
    },
    failed: (records) => {
      most = Math.max(1, Math.floor(records / 2))
    },
    succeeded: () => {
      most *= 2
    },
  }
}
