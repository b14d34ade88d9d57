import { z } from 'zod'
import { describeIssues } from './describe-issues.js'
import { quotesValue } from './quotes-value.js'
import type { Reject } from './reject.js'

/** The record as its schema sees it, or all of its issues as one reject. */
export type ParsedRecord = { record: Readonly<Record<string, unknown>> } | { reject: Reject }

/** Passes a legacy object through its zod schema. No message quotes a value, whoever wrote it. */
export function parseRecord(schema: z.ZodType, value: unknown): ParsedRecord {
  const parsed = safeParse(schema, value)
  if (parsed instanceof Error) {
    return { reject: { code: 'invalid_record', message: `a function of the schema threw ${parsed.name}` } }
  }
  if (parsed.success) return { record: parsed.data as Readonly<Record<string, unknown>> }
  const issues = parsed.error.issues
  const wide = issues.find((issue) => isBeyondNumbers(issue, value))
  const first = wide ?? issues[0]
  const path = first?.path.map(String).join('.') ?? ''
  const message =
    wide === undefined
      ? describeIssues(issues.map((issue) => withoutValue(issue, value)))
      : `${path}: a number that JavaScript cannot hold exactly; accept it with z.bigint() or z.string() beside z.number()`
  return {
    reject: {
      code: wide === undefined ? 'invalid_record' : 'out_of_range',
      message,
      ...(path === '' ? {} : { column: path }),
    },
  }
}

function safeParse(schema: z.ZodType, value: unknown): z.ZodSafeParseResult<unknown> | Error {
  try {
    return schema.safeParse(value, { reportInput: true })
  } catch (error) {
    // A transform of the pipeline's may fail on a value like any other function.
    return error instanceof Error ? error : new Error()
  }
}

const standardMessage = z.locales.en().localeError

/** Zod's own messages quote nothing; one of the pipeline's is left out where it quotes what it refuses. */
function withoutValue(issue: z.core.$ZodIssue, record: unknown): z.core.$ZodIssue {
  const standard = standardMessage(issue as z.core.$ZodRawIssue)
  const isStandard = issue.message === (typeof standard === 'string' ? standard : standard?.message)
  if (isStandard || !quotesValue(issue.message, issue.input ?? record)) return issue
  return { ...issue, message: 'refused, with a message of the schema that quotes the value' }
}

/** True where the schema wants a number and the source has one that a double would round. */
function isBeyondNumbers(issue: z.core.$ZodIssue, value: unknown): boolean {
  if (issue.code !== 'invalid_type' || issue.expected !== 'number') return false
  let found = value
  for (const step of issue.path) found = (found as Record<PropertyKey, unknown> | undefined)?.[step]
  return typeof found === 'bigint'
}
