import { kindPhrase, refuse, type Encoded } from './encoded.js'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** A UUID in lower case, as Postgres prints it: any version, hyphens required. */
export function encodeUuid(value: unknown): Encoded {
  if (typeof value === 'string' && UUID.test(value)) return { text: value.toLowerCase() }
  return refuse('type', 'a UUID', typeof value === 'string' ? 'text of another form' : kindPhrase(value))
}
