import { z } from 'zod'
import { describeIssues } from './describe-issues.js'
import { isBeyondNumbers, offerNumbers, type OfferedNumber, withOffers } from './offered-numbers.js'
import { quotesValue } from './quotes-value.js'
import type { Reject } from './reject.js'
import { valueAt } from './replace-at.js'
import { withoutPreprocess } from './without-preprocess.js'

/** The record as its schema sees it, or all of its issues as one reject. */
export type ParsedRecord =
  | { record: Readonly<Record<string, unknown>>; offers: readonly OfferedNumber[] }
  /** `seen`: the object as the schema of its fields saw it. */
  | { reject: Reject; seen: unknown }

/** Passes a legacy object through its zod schema. No message quotes a value, whoever wrote it. */
export function parseRecord(schema: z.ZodType, value: unknown): ParsedRecord {
  const { before, fields } = withoutPreprocess(schema)
  if (before === undefined) return parseFields(fields, value)
  const made = safeParse(before, value)
  return isParsed(made) ? parseRecord(fields, made.data) : { reject: rejectOf(made, value), seen: value }
}

function parseFields(schema: z.ZodType, value: unknown): ParsedRecord {
  const { parsed, offers } = parseWithOffers(schema, value)
  return isParsed(parsed)
    ? { record: parsed.data as Readonly<Record<string, unknown>>, offers }
    : { reject: rejectOf(parsed, value), seen: value }
}

type Parsed = z.ZodSafeParseResult<unknown> | Error

function isParsed(parsed: Parsed): parsed is z.ZodSafeParseSuccess<unknown> {
  return !(parsed instanceof Error) && parsed.success
}

function rejectOf(failed: z.ZodSafeParseError<unknown> | Error, value: unknown): Reject {
  if (failed instanceof Error) {
    return { code: 'invalid_record', message: `a function of the schema threw ${failed.name}` }
  }
  const issues = failed.error.issues
  const wide = issues.find((issue) => wantsNumber(issue, value))
  const first = wide ?? issues[0]
  const path = first?.path.map(String).join('.') ?? ''
  const message =
    wide === undefined
      ? describeIssues(issues.map((issue) => withoutValue(issue, value)))
      : `${path}: a number that JavaScript cannot hold exactly; accept it with z.bigint() or z.string() beside z.number()`
  return {
    code: wide === undefined ? 'invalid_record' : 'out_of_range',
    message,
    ...(path === '' ? {} : { column: path }),
  }
}

/** Numbers beyond JavaScript's are shown as they are first, and as what the schema may take instead when it refuses. */
function parseWithOffers(
  schema: z.ZodType,
  value: unknown,
): { parsed: Parsed; offers: readonly OfferedNumber[] } {
  let parsed = safeParse(schema, value)
  let offers: readonly OfferedNumber[] = []
  while (!(parsed instanceof Error) && !parsed.success) {
    const next = offerNumbers(parsed.error.issues, value, offers)
    if (next === undefined) break
    offers = next
    parsed = safeParse(schema, withOffers(value, offers))
  }
  return { parsed, offers }
}

/** One for all: zod copies it for every value, and a copy that has all of its fields from the start costs least. */
const context = { reportInput: true, async: false }

function safeParse(schema: z.ZodType, value: unknown): Parsed {
  try {
    return schema.safeParse(value, context)
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
function wantsNumber(issue: z.core.$ZodIssue, value: unknown): boolean {
  if (issue.code !== 'invalid_type') return false
  return (
    (issue.expected === 'number' || issue.expected === 'int') && isBeyondNumbers(valueAt(value, issue.path))
  )
}
