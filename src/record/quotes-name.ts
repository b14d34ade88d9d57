/** True when a text holds the name of a field that nobody declared: where names are data, they are values too. */
export function quotesName(text: string, record: unknown, declared: ReadonlySet<string>): boolean {
  const pending: unknown[] = [record]
  const met = new Set<object>()
  for (let at = 0; at < pending.length; at += 1) {
    const found = pending[at]
    if (typeof found !== 'object' || found === null || met.has(found)) continue
    met.add(found)
    if (!Array.isArray(found))
      for (const name of Object.keys(found))
        if (name !== '' && !declared.has(name) && text.includes(name)) return true
    for (const member of Object.values(found)) pending.push(member)
  }
  return false
}
