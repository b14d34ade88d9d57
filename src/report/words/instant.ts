/** An ISO instant to the second, in UTC: `2026-11-03 10:04:12 UTC`; what is no instant stays as it is. */
export function instant(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
