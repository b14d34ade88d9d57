/** Shorter values stand in too many messages by chance. */
const telling = 3

/** True when a message holds a text or number of the value, however deep in it: `('no ada@example.org', { email: 'ada@example.org' })`. */
export function quotesValue(message: string, value: unknown): boolean {
  const haystack = message.toLowerCase()
  const pending: unknown[] = [value]
  const met = new Set<object>()
  for (let at = 0; at < pending.length; at += 1) {
    const found = pending[at]
    if (typeof found === 'object' && found !== null) {
      if (met.has(found)) continue
      met.add(found)
      for (const member of Object.values(found)) pending.push(member)
    } else if (isTelling(found) && haystack.includes(String(found).trim().toLowerCase())) return true
  }
  return false
}

function isTelling(value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return false
  return String(value).trim().length >= telling
}
