import type { Probe } from '../target/batch.js'
import { groupBy } from './group-by.js'

/** An element that can never stand beside another one of its record. */
export interface Twin {
  readonly ordinal: number
  /** The unique key of which both have the same values. */
  readonly key: string
}

/**
 * Elements of one record that have the same values of a unique key, but for the first of them: whoever goes first, they are
 * written together or not at all.
 * @param recordOf the ordinal of the record that an element belongs to
 */
export function twinSiblings({ collisions }: Probe, recordOf: (ordinal: number) => number): Twin[] {
  const groups = groupBy(collisions, ({ key, firstOrdinal }) => `${key} ${firstOrdinal}`)
  return [...groups.values()].flatMap((pairs) => {
    const [{ key, firstOrdinal } = { key: '', firstOrdinal: -1 }] = pairs
    const members = [...new Set([firstOrdinal, ...pairs.map(({ ordinal }) => ordinal)])]
    const siblings = groupBy(members, recordOf)
    return [...siblings.values()].flatMap(([, ...others]) => others.map((ordinal) => ({ ordinal, key })))
  })
}
