import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { rejectAdvice } from '../../../src/report/words/reject-advice.js'

const source = readFileSync(new URL('../../../src/record/reject.ts', import.meta.url), 'utf8')
const codes = [...source.matchAll(/\| '([a-z_]+)'/g)].map((match) => match[1] as string)

it('every reject code has advice of its own', () => {
  expect(codes.length).toBeGreaterThan(15)
  const advice = codes.map(rejectAdvice)
  expect(new Set(advice).size).toBe(codes.length)
  expect(advice).not.toContain(rejectAdvice('unheard_of'))
})
