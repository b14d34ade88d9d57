/** A whole number with thousands apart: `1,234,567`. */
export function count(number: number): string {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A number and its noun: `1 record`, `12 records`, `1 entry`, `2 entries`. */
export function amount(number: number, noun: string, plural = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : plural}`
}
