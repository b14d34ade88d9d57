import { readFileSync } from 'node:fs'
import type { RejectCode } from '../../src/record/reject.js'

/** What must become of one legacy record of the sample, whatever the engine. */
export interface ExpectedRecord {
  pipeline: string
  /** The legacy key; a list where several fields make it. */
  key: string | number | (string | number)[]
  outcome: 'inserted' | 'duplicate' | 'skipped' | 'rejected'
  /** The row it became, book-keeping left out. Instants are UTC, decimals text. */
  row?: Record<string, unknown> & { id: string | number }
  /** Of a duplicate: the key of the record whose row it is. */
  of?: string | number
  /** Of a reject. */
  code?: RejectCode
  column?: string
}

/** What must become of one organization of the second export, after the first. */
export interface ExpectedAgain {
  key: string
  slug: string
  outcome: 'updated' | 'unchanged'
}

/** The pipelines in the order they run. */
export const pipelines = ['organizations', 'roles', 'users', 'agents', 'invoices', 'tools']

/** Every record of `data-samples/`, one line each. */
export const expected = linesOf<ExpectedRecord>('expected.ndjson')

/** Every record of `data-samples/second-export/`. */
export const expectedSecondExport = linesOf<ExpectedAgain>('expected-second-export.ndjson')

/** The expected records of a pipeline. */
export function expectedOf(pipeline: string): ExpectedRecord[] {
  return expected.filter((record) => record.pipeline === pipeline)
}

/** A legacy key as reports and the ledger write it: `['acme', 3]` → `'["acme","3"]'`. */
export function keyText(key: ExpectedRecord['key']): string {
  return Array.isArray(key) ? JSON.stringify(key.map(String)) : String(key)
}

/** How often each outcome must occur in a pipeline. */
export function outcomesOf(pipeline: string): Record<ExpectedRecord['outcome'], number> {
  const counts = { inserted: 0, duplicate: 0, skipped: 0, rejected: 0 }
  for (const record of expectedOf(pipeline)) counts[record.outcome] += 1
  return counts
}

function linesOf<Line>(file: string): Line[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}
