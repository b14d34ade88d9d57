const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 }

/** Milliseconds of `500ms`, `30s`, `1.5m`, `1h`; a plain number is seconds. Undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)?$/.exec(text.trim())
  if (match === null) return undefined
  const milliseconds = Math.round(Number(match[1]) * (units[match[2] ?? 's'] ?? 1))
  // Longer than a timer can be set for.
  return milliseconds <= 2 ** 31 - 1 ? milliseconds : undefined
}
