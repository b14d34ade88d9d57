import type { Check, Found, Patient, Severity } from './check.js'

/** A finding of a check, complete. */
export interface Finding extends Required<Pick<Found, 'object' | 'message'>> {
  readonly code: string
  readonly severity: Severity
  readonly why: string
  readonly sql: readonly string[]
  readonly locks: string | null
  readonly hint: string | null
  readonly file: string | null
}

const gravity: readonly Severity[] = ['error', 'warning', 'info']

/** What the checks find, the gravest first, then by code and object. */
export async function diagnose(checks: readonly Check[], patient: Patient): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const check of checks) {
    findings.push(...(await check.find(patient)).map((found) => findingOf(check, found)))
  }
  return findings.toSorted(
    (one, other) =>
      gravity.indexOf(one.severity) - gravity.indexOf(other.severity) ||
      compare(one.code, other.code) ||
      compare(one.object, other.object),
  )
}

function findingOf({ code, severity, why }: Check, found: Found): Finding {
  const { object, message, sql = [], locks, hint, file } = found
  return {
    code,
    severity: found.severity ?? severity,
    object,
    message,
    why: found.why ?? why,
    sql,
    locks: locks ?? null,
    hint: hint ?? null,
    file: file ?? null,
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
