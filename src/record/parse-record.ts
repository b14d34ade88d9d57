import type { z } from 'zod'
import { describeIssues } from './describe-issues.js'
import type { Reject } from './reject.js'

/** The record as its schema sees it, or all of its issues as one reject. */
export type ParsedRecord = { record: Readonly<Record<string, unknown>> } | { reject: Reject }

/** Passes a legacy object through its zod schema. No message quotes a value. */
export function parseRecord(schema: z.ZodType, value: unknown): ParsedRecord {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { record: parsed.data as Readonly<Record<string, unknown>> }
  const issues = parsed.error.issues
  const wide = issues.find((issue) => isBeyondNumbers(issue, value))
  const first = wide ?? issues[0]
  const path = first?.path.map(String).join('.') ?? ''
  const message =
    wide === undefined
      ? describeIssues(issues)
      : `${path}: a number that JavaScript cannot hold exactly; accept it with z.bigint() or z.string() beside z.number()`
  return {
    reject: {
      code: wide === undefined ? 'invalid_record' : 'out_of_range',
      message,
      ...(path === '' ? {} : { column: path }),
    },
  }
}

/** True where the schema wants a number and the source has one that a double would round. */
function isBeyondNumbers(issue: z.core.$ZodIssue, value: unknown): boolean {
  if (issue.code !== 'invalid_type' || issue.expected !== 'number') return false
  let found = value
  for (const step of issue.path) found = (found as Record<PropertyKey, unknown> | undefined)?.[step]
  return typeof found === 'bigint'
}
