import { normalizeEnumText } from '../../record/match-enum.js'
import type { ValueGroup } from './field-profile.js'

/** Values grouped by what they are without case, spaces, `-` and `_`; the most frequent first. */
export function groupValues(counts: ReadonlyMap<string, number>): ValueGroup[] {
  const groups = new Map<string, { value: string; count: number }[]>()
  for (const [value, count] of counts) {
    const normalized = normalizeEnumText(value)
    const spellings = groups.get(normalized)
    if (spellings === undefined) groups.set(normalized, [{ value, count }])
    else spellings.push({ value, count })
  }
  return [...groups.values()].map(asGroup).toSorted(byCount)
}

function asGroup(spellings: readonly { value: string; count: number }[]): ValueGroup {
  const [first, ...variants] = spellings.toSorted(byCount)
  return {
    value: first!.value,
    count: spellings.reduce((sum, spelling) => sum + spelling.count, 0),
    variants,
  }
}

function byCount(a: { value: string; count: number }, b: { value: string; count: number }): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1)
}
