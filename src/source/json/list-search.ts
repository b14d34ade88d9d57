import type { SourceError } from '../../errors.js'

/** Whether a path with a `*` has led to any list: an element may lack it, but where all do the path is wrong. */
export interface ListSearch {
  isMet: boolean
  /** What the first element has that lacks it. */
  missing: SourceError | undefined
}

/** A search that has not begun. */
export function newListSearch(): ListSearch {
  return { isMet: false, missing: undefined }
}
