const units = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** A size in decimal units: `512 bytes`, `1.3 MB`. */
export function bytes(size: number): string {
  let unit = 0
  let rest = size
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000
    unit += 1
  }
  return `${unit === 0 || rest >= 99.5 ? Math.round(rest) : rest.toFixed(1)} ${units[unit]}`
}
