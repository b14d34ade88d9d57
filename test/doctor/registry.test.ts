import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checks } from '../../src/doctor/registry.js'
import { tableRows } from '../readme/fenced-blocks.js'

const documented = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8')

test('every check has a code of its own, and says in one sentence why it matters', () => {
  expect(new Set(checks.map(({ code }) => code)).size).toBe(checks.length)
  for (const { code, why } of checks) {
    expect(code).toMatch(/^[a-z_]+\.[a-z_]+$/)
    expect(why).toMatch(/^\S.*[^.]\.$/)
  }
})

test('the documentation lists every check as it is', () => {
  const rows = tableRows(documented, ['code', 'is', 'asked for by', 'finds', 'why it matters'])
  const words = { error: 'error', warning: 'warning', info: 'note' }
  expect(rows.map(([code, is, asked, , why]) => [code, is, asked, why])).toEqual(
    checks.map(({ code, severity, when, why }) => [
      `\`${code}\``,
      words[severity],
      when === undefined ? '' : `\`--${when}\``,
      why,
    ]),
  )
})
