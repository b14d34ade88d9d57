import type { EnumReport } from '../../run/run-report.js'
import { amount } from './amount.js'
import { cut } from './cut.js'
import { hiddenValue } from './hidden-value.js'
import { showValue } from './show-value.js'

/** A legacy value, as it is shown. */
export interface EnumValueWords {
  legacy: string
  count: number
  /** What it becomes: a value, `null`, or `rejected`. */
  to: string
  via: EnumReport['values'][number]['via']
  tone: 'bad' | 'attention' | 'plain'
}

/** What a column made by an enum was made from. */
export interface EnumWords {
  /** What rejects records first, then what took the fallback, then the others, each in the order of the report. */
  values: EnumValueWords[]
  /** `2 unknown values reject 3 records`; empty when every value is known. */
  alarm: string
  /** `and 12 more distinct values (345 records)`; empty when all are shown. */
  more: string
}

const tones = { unknown: 'bad', fallback: 'attention' } as const
const urgency = { bad: 0, attention: 1, plain: 2 } as const

/** An enum's legacy values for people, at most so many; hidden values are not shown, long ones are cut. */
export function describeEnum({ values, more }: EnumReport, atMost = Number.POSITIVE_INFINITY): EnumWords {
  const told = values.map(({ legacy, count, via, value, hidden }): EnumValueWords => {
    const shown = (text: string | null) => (hidden === true ? hiddenValue : cut(showValue(text)))
    const tone = via === 'unknown' || via === 'fallback' ? tones[via] : 'plain'
    return { legacy: shown(legacy), count, to: via === 'unknown' ? 'rejected' : shown(value), via, tone }
  })
  const urgent = told.toSorted((a, b) => urgency[a.tone] - urgency[b.tone])
  const left = urgent.slice(atMost)
  return {
    values: urgent.slice(0, atMost),
    alarm: alarmOf(values),
    more: moreOf(
      left.length + (more?.values ?? 0),
      left.reduce((sum, { count }) => sum + count, more?.records ?? 0),
    ),
  }
}

function alarmOf(values: EnumReport['values']): string {
  const unknown = values.filter(({ via }) => via === 'unknown')
  if (unknown.length === 0) return ''
  const records = unknown.reduce((sum, { count }) => sum + count, 0)
  if (unknown.some(({ hidden }) => hidden)) return `unknown values reject ${amount(records, 'record')}`
  return `${amount(unknown.length, 'unknown value')} ${unknown.length === 1 ? 'rejects' : 'reject'} ${amount(records, 'record')}`
}

function moreOf(values: number, records: number): string {
  return values === 0
    ? ''
    : `and ${amount(values, 'more distinct value', 'more distinct values')} (${amount(records, 'record')})`
}
