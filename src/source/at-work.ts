/** Does a piece of work that awaits nothing, on behalf of whoever wants to know how long reading takes. */
export type AtWork = <Result>(work: () => Result) => Result

/** Nobody wants to know. */
export const unwatched: AtWork = (work) => work()
