import type { Warning } from '../../run/run-report.js'
import { amount, count } from './amount.js'
import { showValue } from './show-value.js'

/** A warning in words. */
export interface WarningWords {
  /** What happened, without the values: `3 values came by an alias`. */
  sentence: string
  /** Legacy enum values or names of keys, safe to show. */
  values: string[]
  /** True for what is only told so that it is known; false for what somebody should look at. */
  harmless: boolean
}

const harmlessCodes = new Set(['enum_normalized', 'enum_alias', 'key_unused'])

/** What a warning says to a person; a code that is not known here is shown as it is. */
export function describeWarning({ code, count: times, values = [] }: Warning): WarningWords {
  return {
    sentence: sentenceOf(code, times),
    values: values.map(showValue),
    harmless: harmlessCodes.has(code),
  }
}

function sentenceOf(code: string, times: number): string {
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
    case 'row_deleted':
      return `${amount(times, 'row')} of earlier runs ${times === 1 ? 'was' : 'were'} deleted by somebody and stay away`
    case 'row_edited':
      return `${amount(times, 'value')} in the target ${times === 1 ? 'is' : 'are'} not what was imported: edited since, or lost`
    case 'not_applied':
      return `${amount(times, 'record')} of the source ${times === 1 ? 'is' : 'are'} not in the target as ${times === 1 ? 'it stands' : 'they stand'} there`
    case 'rewritten':
      return `${amount(times, 'row')} held something else than was written (a trigger, or a type that rounds)`
    case 'key_unused':
      return `${amount(times, 'unique key')} not matched on: not all columns provided, or left out by \`match\``
    default:
      return `${code} (${count(times)})`
  }
}
