/** Source: PostgreSQL, NAMEDATALEN - 1. */
const mostBytes = 63

/** True for a name that is kept whole. */
export function isShortEnough(name: string): boolean {
  return Buffer.byteLength(name) <= mostBytes
}

/**
 * The name that Postgres itself gives to a constraint or an index; the longer part is cut until it fits.
 *
 * `users`, `['team_id']`, `fkey` → `users_team_id_fkey`
 *
 * Source: PostgreSQL, `makeObjectName` in src/backend/commands/indexcmds.c.
 */
export function defaultName(table: string, columns: readonly string[], label: string): string {
  const parts: readonly [string[], string[]] = [Array.from(table), Array.from(columns.join('_'))]
  const join = () =>
    [...parts.map((letters) => letters.join('')).filter((part) => part !== ''), label].join('_')
  while (!isShortEnough(join())) {
    const [one, other] = parts
    ;(Buffer.byteLength(one.join('')) > Buffer.byteLength(other.join('')) ? one : other).pop()
  }
  return join()
}
