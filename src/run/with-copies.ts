import type { Ledger, RejectRow } from '../target/ledger.js'
import type { RejectCopy } from '../target/reject-entry.js'
import { pagesOf } from './pages-of.js'

/** A reject and what the ledger has of its record. */
export interface CopiedReject {
  readonly row: RejectRow
  /** Undefined when the reject is gone since. */
  readonly copy: RejectCopy | undefined
}

/** Copies that are read at a time. */
const pageRecords = 1_000

/** Rejects with their copies, in their order, a page at a time. */
export async function* withCopies(
  ledger: Ledger,
  rows: readonly RejectRow[],
): AsyncGenerator<readonly CopiedReject[], void, undefined> {
  for (const page of pagesOf(rows, pageRecords)) {
    const copies = await ledger.rejectCopies(page.map(({ id }) => id))
    yield page.map((row) => ({ row, copy: copies.get(row.id) }))
  }
}
