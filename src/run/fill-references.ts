import type { Reject } from '../record/reject.js'
import type { ResolvedRow } from '../target/batch.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { Ahead, MappedLegacy } from './records.js'
import { missingStub, type SettledMissing } from './settle-missing.js'
import type { StubAnswer } from './stub-answers.js'

/** Column → row, by what the references ask for. */
export type Found = ReadonlyMap<number, ReadonlyMap<string, ResolvedRow>>

/** What references lead to. */
interface Answers {
  readonly found: Found
  /** See `Resolving`. */
  readonly mayMove: (legacyKey: string) => boolean
  /** The stub that a column has asked for. */
  readonly answerOf: (column: number) => StubAnswer
}

/** The record with the row keys of what it refers to, or why there is no stub for some of that. */
export function fillReferences(
  prepared: PreparedPipeline,
  record: MappedLegacy,
  { open, emptied, stubs }: Extract<SettledMissing, { stubs: unknown }>,
  { found, mayMove, answerOf }: Answers,
): MappedLegacy | { reject: Reject } {
  const unsure = isUnsure(prepared, record, found, mayMove)
  if (open.size === 0 && emptied.length === 0 && stubs.length === 0 && leadsAsAhead(record, found))
    return { ...record, values: record.ahead.values, open: undefined, unsure }
  const values = [...record.values]
  for (const { column, legacyKey } of record.references)
    values[column] = found.get(column)?.get(legacyKey)?.rowKey
  for (const column of open) values[column] = null
  for (const column of emptied) values[column] = null
  for (const column of stubs) {
    const answer = answerOf(column)
    if ('refused' in answer) return { reject: missingStub(prepared, column, answer.refused) }
    values[column] = answer.rowKey
  }
  return { ...record, values, open: open.size === 0 ? undefined : open, unsure }
}

/** Its references lead where they led when it was encoded ahead. */
function leadsAsAhead(
  record: MappedLegacy,
  found: Found,
): record is MappedLegacy & { readonly ahead: Ahead } {
  const { ahead, references } = record
  if (ahead === undefined) return false
  for (const { column, legacyKey } of references)
    if (found.get(column)?.get(legacyKey)?.rowKey !== ahead.values[column]) return false
  return true
}

/** Some of its references lead to a row that is shared now, by a record that may still get another one. */
function isUnsure(
  { parents }: PreparedPipeline,
  { references, completing }: MappedLegacy,
  found: Found,
  mayMove: Answers['mayMove'],
): boolean {
  if (completing !== undefined) return false
  return references.some(({ column, legacyKey }) => {
    if (found.get(column)?.get(legacyKey)?.isAlias !== true) return false
    const parent = parents.get(column)
    return parent?.late === true || (parent?.own === true && mayMove(legacyKey))
  })
}
