const DASH = 0x2d
const COLON = 0x3a
const POINT = 0x2e
const ZERO = 0x30
const T = 0x54
const Z = 0x5a
/** `2024-05-06T07:08:09Z`, and the same with nine digits of a fraction. */
const SHORTEST = 20
const LONGEST = 30
/** Every month has these. */
const SURE_DAYS = 28

/**
 * The canonical text of an instant that is written in UTC, as most are: `2024-05-06T07:08:09.500Z` → `2024-05-06T07:08:09.5Z`.
 * `undefined` for whatever takes a closer look: another form, the last days of a month, what no clock shows. Reading its
 * characters costs a tenth of taking the text apart.
 */
export function utcInstant(text: string): string | undefined {
  const { length } = text
  if (length < SHORTEST || length > LONGEST || text.charCodeAt(length - 1) !== Z) return undefined
  const isSeparated =
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    text.charCodeAt(10) === T &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON
  if (!isSeparated) return undefined
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)]
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= SURE_DAYS
  const isYear = 100 * twoDigits(text, 0) + twoDigits(text, 2) >= 1
  const isTime = twoDigits(text, 11) <= 23 && twoDigits(text, 14) <= 59 && twoDigits(text, 17) <= 59
  if (!isDay || !isYear || !isTime) return undefined
  return length === SHORTEST ? text : withoutZeros(text)
}

/** The same without zeros at the end of its fraction. */
function withoutZeros(text: string): string | undefined {
  const end = text.length - 1
  if (text.charCodeAt(SHORTEST - 1) !== POINT || end === SHORTEST) return undefined
  let kept = SHORTEST - 1
  for (let at = SHORTEST; at < end; at += 1) {
    const digit = text.charCodeAt(at) - ZERO
    if (!(digit >= 0 && digit <= 9)) return undefined
    if (digit > 0) kept = at + 1
  }
  return kept === end ? text : `${text.slice(0, kept)}Z`
}

/** NaN where no two digits are. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO
  const units = text.charCodeAt(at + 1) - ZERO
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? 10 * tens + units : NaN
}
