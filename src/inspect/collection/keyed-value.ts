import type { RawRecord } from '../../source/raw-record.js'

/** The value of a record, with the key under which it stands as a field `$key`, as a schema would declare it. */
export function keyedValue({ value, surroundings: { $key } }: RawRecord): unknown {
  if ($key === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return { ...value, $key }
}
