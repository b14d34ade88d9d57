import { stripControls } from '../strip-controls.js'

/** A column's text for people: line ends are seen, null and the empty text can be told apart. */
export function showValue(value: string | null): string {
  if (value === null) return 'null'
  const seen = stripControls(value.replace(/\r?\n/g, '⏎'))
  return seen === '' || seen === 'null' || seen !== seen.trim() ? `'${seen}'` : seen
}
