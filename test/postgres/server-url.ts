import { inject } from 'vitest'
import type { PostgresMajor } from './majors.js'

/**
 * The URL of the server's database `postgres`; starts the server when nobody has asked for it before.
 *
 * @throws Error with the server's last words when it does not start.
 */
export async function serverUrl(major: PostgresMajor): Promise<string> {
  const answer = await fetch(`${inject('postgresServers')}/${major}`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return text
}
