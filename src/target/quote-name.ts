/** An identifier as it stands in a statement: `user"s` → `"user""s"`. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
