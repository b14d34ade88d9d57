/// <reference lib="es2024.string" />
import { fingerprint } from '../record/fingerprint.js'
import type { RejectEntry } from '../target/batch.js'
import { describePlace, type RejectedLegacy } from './records.js'

/** A reject as the ledger keeps it. Its id is the same for the same defect of the same record on every run. */
export function rejectEntry(pipeline: string, rejected: RejectedLegacy): RejectEntry {
  const at = describePlace(rejected)
  const { code, column, message } = rejected.reject
  // Records that share a key are told apart by their place, and so are those without one.
  const identity =
    rejected.legacyKey === null || code === 'duplicate_key' ? `at ${at}` : `key ${rejected.legacyKey}`
  return {
    id: fingerprint(['pipeline', 'record', 'code', 'column'], [pipeline, identity, code, column ?? null]),
    legacyKey: rejected.legacyKey,
    at,
    code,
    column: column === undefined ? null : storable(column),
    message: storable(message),
    record: jsonOf(rejected.raw),
  }
}

/** A message of the schema's own may hold what no database takes, and so may the name of a field. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed()
}

/** A record as text; one that is nested too deeply for `JSON.stringify` is not kept, its place tells where to look. */
function jsonOf(value: unknown): string | null {
  try {
    return JSON.stringify(value, plain) ?? null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function plain(_key: string, member: unknown): unknown {
  return typeof member === 'bigint' ? member.toString() : member
}
