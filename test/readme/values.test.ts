import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clean, date, decimal, timestamp } from '../../src/index.js'
import type { ColumnRule } from '../../src/record/column.js'
import { mapRecord } from '../../src/record/map-record.js'
import { parseExactJson } from '../../src/source/parse-exact-json.js'
import { tableRows } from './fenced-blocks.js'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const rows = tableRows(readme, ['in the source', 'in the pipeline', 'arrives as'])

describe('the README’s table of values', () => {
  it('has an example of every kind', () => {
    expect(rows.length).toBeGreaterThan(15)
  })

  it.each(rows)('%s with %s arrives as %s', (written = '', helper = '', arrives = '') => {
    const rule = ruleOf(unquoted(helper))
    const record = { [(rule as { field: string }).field]: parseExactJson(unquoted(written)) }
    const result = mapRecord([{ name: 'column', rule }], record)
    const value = 'mapped' in result ? result.mapped.values[0] : 'rejected'
    expect(value).toBe(
      arrives.startsWith('null') ? null : (/^(?:`([^`]*)`|rejected)/.exec(arrives)?.[1] ?? 'rejected'),
    )
  })
})

function unquoted(cell: string): string {
  return cell.replace(/^`|`$/g, '')
}

/** The helper as a pipeline file would call it. */
function ruleOf(code: string): ColumnRule {
  // oxlint-disable-next-line no-implied-eval -- the README is ours
  const make = new Function('clean', 'date', 'decimal', 'timestamp', `return ${code}`) as (
    ...helpers: readonly unknown[]
  ) => ColumnRule
  return make(clean, date, decimal, timestamp)
}
