import type { PipelineReport, VerificationCheck } from '../../run/run-report.js'
import { count } from './amount.js'

const holds: Record<string, string> = {
  outcomes: 'outcomes add up',
  records: 'every record is in the ledger as it stands',
  rows: 'every entry has its row',
  values: 'values are as applied',
  references: 'references lead to rows',
  sequences: 'sequences are ahead of their columns',
}

const broken: Record<string, string> = {
  outcomes: 'the outcomes do not add up to the records read',
  records: 'records are not in the ledger as they stand in the source',
  rows: 'entries of the ledger have lost their rows',
  values: 'rows do not hold what was applied',
  references: 'references lead to no row',
  sequences: 'a sequence is behind its column, or may not be read',
}

/** A check that did not hold, and whose it is. */
export interface FailedCheck {
  pipeline: string
  /** `users: entries of the ledger have lost their rows: expected 286, found 285` */
  sentence: string
}

/** What the verification of all pipelines says. */
export interface VerificationWords {
  ok: boolean
  /** `outcomes add up, every entry has its row`: what was checked and holds; empty when nothing was checked. */
  holds: string
  failed: FailedCheck[]
}

/** Sums up the checks of all pipelines. */
export function describeVerification(pipelines: readonly PipelineReport[]): VerificationWords {
  const failed: FailedCheck[] = []
  const names = new Set<string>()
  for (const pipeline of pipelines) {
    for (const check of pipeline.verification.checks) {
      names.add(check.name)
      if (!check.ok) failed.push({ pipeline: pipeline.name, sentence: failure(check) })
    }
  }
  const held = [...names].filter((name) => pipelines.every((pipeline) => holdsIn(pipeline, name)))
  return {
    ok: failed.length === 0 && pipelines.every((pipeline) => pipeline.verification.ok),
    holds: held.map((name) => holds[name] ?? name).join(', '),
    failed,
  }
}

function holdsIn({ verification }: PipelineReport, name: string): boolean {
  return verification.checks.every((check) => check.ok || check.name !== name)
}

function failure({ name, expected, actual }: VerificationCheck): string {
  return `${broken[name] ?? name}: expected ${count(expected)}, found ${count(actual)}`
}
