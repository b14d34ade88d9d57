import { expect, it } from 'vitest'
import { describeWarning } from '../../../src/report/words/describe-warning.js'
import type { Warning } from '../../../src/run/run-report.js'

it('the values of a warning are stripped of control characters', () => {
  const { values } = describeWarning({ code: 'enum_fallback', count: 1, values: ['\u001b[31mlimbo'] })
  expect(values).toEqual(['[31mlimbo'])
})

it('enum values come with how often each occurred, and a mark for those that are not named', () => {
  const warning: Warning = {
    code: 'enum_alias',
    count: 1253,
    values: ['on', '', 'old'],
    counts: [1200, 3, 1],
  }
  expect(describeWarning(warning).values).toEqual(['on × 1,200', "'' × 3", 'old', '…'])
  expect(describeWarning({ ...warning, count: 1204 }).values).not.toContain('…')
})

it('a fallback asks for attention, an alias does not', () => {
  expect(describeWarning({ code: 'enum_fallback', count: 2 }).harmless).toBe(false)
  expect(describeWarning({ code: 'enum_alias', count: 2 }).harmless).toBe(true)
})

it.each<[Warning, string]>([
  [
    { code: 'child_kept', count: 1, values: ['tags'] },
    '1 row of children stayed although its element is gone: edited since, there before, or still referred to',
  ],
  [
    { code: 'child_kept', count: 2 },
    '2 rows of children stayed although their elements are gone: edited since, there before, or still referred to',
  ],
  [{ code: 'source_empty', count: 1 }, 'the source is empty: nothing was removed'],
  [{ code: 'rolled_back', count: 3 }, 'nothing of 3 records was applied: the transaction was rolled back'],
  [
    { code: 'removal_unsure', count: 1 },
    '1 rejected record without a known key: nothing was removed, since any record could be that one',
  ],
  [
    { code: 'removal_unsure', count: 1200 },
    '1,200 rejected records without a known key: nothing was removed, since any record could be one of them',
  ],
  [
    { code: 'removal_kept', count: 1 },
    '1 record gone from the source keeps its row: edited since, or still referred to',
  ],
  [
    { code: 'removal_kept', count: 3 },
    '3 records gone from the source keep their rows: edited since, or still referred to',
  ],
])('%j: %s', (warning, sentence) => {
  expect(describeWarning(warning)).toMatchObject({ sentence, harmless: false })
})
