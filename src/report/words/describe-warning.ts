import type { Warning, WarningCode } from '../../run/run-report.js'
import { amount, count } from './amount.js'
import { showValue } from './show-value.js'

/** A warning in words. */
export interface WarningWords {
  /** What happened, without the values: `3 values came by an alias`. */
  sentence: string
  /** Legacy enum values with how often each occurred (`on × 20`, `…` for those that are not named), or names of keys; safe to show. */
  values: string[]
  /** True for what is only told so that it is known; false for what somebody should look at. */
  harmless: boolean
}

const harmlessCodes = new Set<WarningCode>(['enum_normalized', 'enum_alias', 'key_unused'])

/** What a warning says to a person. */
export function describeWarning({ code, count: times, values = [], counts = [] }: Warning): WarningWords {
  const named = values.map((value, index) => {
    const often = counts[index] ?? 1
    return often === 1 ? showValue(value) : `${showValue(value)} × ${count(often)}`
  })
  const unnamed = counts.length > 0 && counts.reduce((sum, often) => sum + often, 0) < times
  return {
    sentence: sentenceOf(code, times),
    values: unnamed ? [...named, '…'] : named,
    harmless: harmlessCodes.has(code),
  }
}

function sentenceOf(code: WarningCode, times: number): string {
  switch (code) {
    case 'enum_normalized':
      return `${amount(times, 'value')} differed in case or spaces only`
    case 'enum_alias':
      return `${amount(times, 'value')} came by an alias`
    case 'enum_fallback':
      return `${amount(times, 'unknown value')} took the fallback`
    case 'missing_reference':
      return `${amount(times, 'reference')} led nowhere, the column was left empty`
    case 'stub':
      return `${amount(times, 'missing record')} ${times === 1 ? 'has' : 'have'} a stub that stands for ${times === 1 ? 'it' : 'them'}`
    case 'kept':
      return `${amount(times, 'value')} stayed as somebody put ${times === 1 ? 'it' : 'them'} in the target, although the source says otherwise`
    case 'overwritten':
      return `${amount(times, 'value')} that somebody edited in the target ${times === 1 ? 'was' : 'were'} overwritten`
    case 'row_deleted':
      return `${amount(times, 'row')} of earlier runs ${times === 1 ? 'was' : 'were'} deleted by somebody and stay away`
    case 'row_edited':
      return `${amount(times, 'value')} in the target ${times === 1 ? 'is' : 'are'} not what was imported: edited since, or lost`
    case 'not_applied':
      return `${amount(times, 'record')} of the source ${times === 1 ? 'is' : 'are'} not in the target as ${times === 1 ? 'it stands' : 'they stand'} there`
    case 'rewritten':
      return `${amount(times, 'row')} held something else than was written (a trigger, or a type that rounds)`
    case 'rolled_back':
      return `nothing of ${amount(times, 'record')} was applied: the transaction was rolled back`
    case 'child_kept':
      return `${amount(times, 'row')} of children stayed although ${times === 1 ? 'its element is' : 'their elements are'} gone: edited since, there before, or still referred to`
    case 'source_empty':
      return 'the source is empty: nothing was removed'
    case 'removal_unsure':
      return `${amount(times, 'rejected record')} without a known key: nothing was removed, since any record could be ${times === 1 ? 'that one' : 'one of them'}`
    case 'replay_not_kept':
      return `${amount(times, 'open reject')} ${times === 1 ? 'has' : 'have'} no exact copy in the ledger and cannot be replayed: ${times === 1 ? 'its record' : 'their records'} must come from the source, by a run`
    case 'replay_key_taken':
      return `${amount(times, 'open reject')} left alone, since another record has the same key: remove one of the two from the source`
    case 'removal_kept':
      return `${amount(times, 'record')} gone from the source ${times === 1 ? 'keeps its row' : 'keep their rows'}: edited since, or still referred to`
    case 'key_unused':
      return `${amount(times, 'unique key')} not matched on: not all columns provided, or left out by \`match\``
  }
}
