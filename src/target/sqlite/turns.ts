/** Lets one piece of work in at a time. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>

/**
 * A connection has one transaction: what writes waits its turn. Work that asks for a turn inside of its own would wait for
 * itself, so only the outermost calls of the port take one.
 */
export function openTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
}
