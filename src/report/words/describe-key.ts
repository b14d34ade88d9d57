import type { InspectReport } from '../../run/command-reports.js'
import { stripControls } from '../strip-controls.js'
import { amount, count } from './amount.js'
import { percent } from './percent.js'

type Collection = InspectReport['collections'][number]
type Key = Collection['keys'][number]
type Reference = Collection['references'][number]

/** What may identify the records: `user_id`, `org + no`. */
export function keyName({ fields }: Key): string {
  return fields.map(stripControls).join(' + ')
}

/** How well a key does: `unique`, or `1 duplicate, 4 when case and spaces are ignored, 3 records without it`. */
export function describeKey({ missing, duplicates, duplicatesIgnoringCase, exact }: Key): string {
  const about = exact ? '' : 'about '
  const folded =
    duplicatesIgnoringCase === null || duplicatesIgnoringCase <= duplicates
      ? []
      : [`${about}${count(duplicatesIgnoringCase)} when case and outer spaces are ignored`]
  const exactly = duplicates === 0 ? 'unique' : `${about}${amount(duplicates, 'duplicate')}`
  const without = missing === 0 ? [] : [`${amount(missing, 'record')} without it`]
  return [exactly, ...folded, ...without].join(', ')
}

/** True when every record has a value of its own, also without case and spaces. */
export function isFaultless({ missing, duplicates, duplicatesIgnoringCase }: Key): boolean {
  return missing === 0 && duplicates === 0 && (duplicatesIgnoringCase ?? 0) === 0
}

/** How well a reference holds: `98.2 % of 388 found, 7 dangle, for example at data/users.json:12 (byte 410)`. */
export function describeReference({ values, dangling, examples }: Reference): string {
  const found = `${percent(values === 0 ? 1 : (values - dangling) / values)} of ${count(values)} found`
  if (dangling === 0) return found
  const places = examples.map(({ at, value }) =>
    stripControls(value === undefined ? `at ${at}` : `${value} at ${at}`),
  )
  const [first] = places
  const shown = examples.some(({ value }) => value !== undefined) ? places.join(', ') : first
  return `${found}, ${count(dangling)} dangle${dangling === 1 ? 's' : ''}${shown === undefined ? '' : `, for example ${shown}`}`
}
