/**
 * The number that Postgres prints for a four-byte float: of those with the fewest digits that can only mean this
 * float, the nearest (src/common/f2s.c). `Math.fround(0.1)` → `0.1`, `2256165.25` → `2256165.2`
 *
 * Of three floats (2^-96, 2^87 and 2^90) it answers a digit more than Postgres prints.
 */
export function shortestSingle(single: number): number {
  // Nine digits are enough for every float (IEEE 754).
  for (let digits = 1; digits < 9; digits++) {
    const nearest = roundHalfEven(single, digits)
    if (meansOnly(nearest, single)) return nearest
  }
  return roundHalfEven(single, 9)
}

/** To so many digits. `toPrecision` rounds half away from zero; just beside the half it has no choice. */
function roundHalfEven(single: number, digits: number): number {
  const up = single.toPrecision(digits)
  const down = (single * (1 - Number.EPSILON)).toPrecision(digits)
  return Number(up === down || isEven(up) ? up : down)
}

function isEven(rounded: string): boolean {
  const [mantissa = ''] = rounded.split('e')
  return Number(mantissa.at(-1)) % 2 === 0
}

/** Half-way between two floats a text means whichever is even, and Postgres does not print it. */
function meansOnly(text: number, single: number): boolean {
  if (Math.fround(text) !== single) return false
  const mirrored = single + 2 * (text - single)
  return text === single || Math.fround(mirrored) !== mirrored
}
