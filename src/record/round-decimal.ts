/**
 * How digits are given up: `half-up` away from zero from a half on (1.005 → 1.01), `half-even` to the even neighbour
 * of a half (1.005 → 1.00, 1.015 → 1.02), `down` towards zero.
 */
export type Rounding = 'half-up' | 'half-even' | 'down'

/** A plain decimal text with at most so many digits after the point: `('-1.005', 2, 'half-up')` → `'-1.01'`. */
export function roundDecimal(text: string, scale: number, rounding: Rounding): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (fraction.length <= scale) return text
  const kept = BigInt(whole + fraction.slice(0, scale))
  const digits = String(kept + (roundsUp(kept, fraction.slice(scale), rounding) ? 1n : 0n)).padStart(
    scale + 1,
    '0',
  )
  const point = digits.length - scale
  const unsigned = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return /[1-9]/.test(digits) ? sign + unsigned : unsigned
}

function roundsUp(kept: bigint, rest: string, rounding: Rounding): boolean {
  if (rounding === 'down' || rest < '5') return false
  const isHalf = /^50*$/.test(rest)
  return !isHalf || rounding === 'half-up' || kept % 2n === 1n
}
