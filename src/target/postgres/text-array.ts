const special = /["\\]/g

/**
 * A `text[]` literal: `['a', null, 'b"']` → `{"a",NULL,"b\""}`. One string a column is several times cheaper
 * than the driver's own walk over every element.
 */
export function textArray(values: Iterable<string | null>): string {
  let literal = ''
  for (const value of values) {
    if (literal !== '') literal += ','
    if (value === null) literal += 'NULL'
    else if (value.includes('"') || value.includes('\\')) literal += `"${value.replace(special, '\\$&')}"`
    else literal += `"${value}"`
  }
  return `{${literal}}`
}
