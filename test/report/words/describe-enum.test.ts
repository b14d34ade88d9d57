import { describe, expect, it } from 'vitest'
import { describeEnum } from '../../../src/report/words/describe-enum.js'
import type { EnumReport } from '../../../src/run/run-report.js'

const status: EnumReport = {
  column: 'status',
  enum: 'user_status',
  values: [
    { legacy: 'active', count: 240, via: 'exact', value: 'active' },
    { legacy: 'dunno', count: 30, via: 'fallback', value: 'closed' },
    { legacy: null, count: 20, via: 'missing', value: null },
    { legacy: 'limbo', count: 13, via: 'unknown', value: null },
    { legacy: 'nil', count: 1, via: 'unknown', value: null },
  ],
}

describe('the values of an enum in words', () => {
  it('begin with what rejects records, then what took the fallback', () => {
    const { values, alarm, more } = describeEnum(status)
    expect(values.map(({ legacy, to }) => [legacy, to])).toEqual([
      ['limbo', 'rejected'],
      ['nil', 'rejected'],
      ['dunno', 'closed'],
      ['active', 'active'],
      ['null', 'null'],
    ])
    expect(alarm).toBe('2 unknown values reject 14 records')
    expect(more).toBe('')
  })

  it('are cut to as many as asked for, and the others are counted', () => {
    expect(describeEnum(status, 3)).toMatchObject({ more: 'and 2 more distinct values (260 records)' })
    expect(describeEnum({ ...status, more: { values: 7, records: 9 } }, 4).more).toBe(
      'and 8 more distinct values (29 records)',
    )
  })

  it('tell null from empty text and from the word, and are no longer than a line', () => {
    const values = [null, '', 'null', ' on', 'x'.repeat(100), 'a\u001b[2Jb'].map((legacy) => {
      return { legacy, count: 1, via: 'alias' as const, value: 'a' }
    })
    expect(describeEnum({ ...status, values }).values.map(({ legacy }) => legacy)).toEqual([
      'null',
      "''",
      "'null'",
      "' on'",
      `${'x'.repeat(59)}…`,
      'a[2Jb',
    ])
  })

  it('are not shown when they are hidden', () => {
    const hidden = { legacy: null, value: null, hidden: true as const }
    const { values, alarm } = describeEnum({
      ...status,
      values: [
        { ...hidden, count: 4, via: 'alias' },
        { ...hidden, count: 3, via: 'unknown' },
      ],
    })
    expect(values.map(({ legacy, to }) => [legacy, to])).toEqual([
      ['‹hidden›', 'rejected'],
      ['‹hidden›', '‹hidden›'],
    ])
    expect(alarm).toBe('unknown values reject 3 records')
  })
})
