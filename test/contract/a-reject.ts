import type { RejectEntry } from '../../src/target/reject-entry.js'

/** A reject without a key, of which no copy is kept. */
export function aReject(id: string): RejectEntry {
  return {
    id,
    ordinal: 0,
    legacyKey: null,
    at: 'people.json:1',
    code: 'check',
    column: null,
    message: 'expected a positive number',
    record: null,
    surroundings: null,
    copy: 'none',
    replaces: [],
  }
}
