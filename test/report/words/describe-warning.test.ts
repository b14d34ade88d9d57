import { expect, it } from 'vitest'
import { describeWarning } from '../../../src/report/words/describe-warning.js'

it('the values of a warning are stripped of control characters', () => {
  const { values } = describeWarning({ code: 'enum_fallback', count: 1, values: ['\u001b[31mlimbo'] })
  expect(values).toEqual(['[31mlimbo'])
})

it('enum values come with how often each occurred, and a mark for those that are not named', () => {
  const warning = { code: 'enum_alias', count: 1253, values: ['on', '', 'old'], counts: [1200, 3, 1] }
  expect(describeWarning(warning).values).toEqual(['on × 1,200', "'' × 3", 'old', '…'])
  expect(describeWarning({ ...warning, count: 1204 }).values).not.toContain('…')
})

it('a fallback asks for attention, an alias does not', () => {
  expect(describeWarning({ code: 'enum_fallback', count: 2 }).harmless).toBe(false)
  expect(describeWarning({ code: 'enum_alias', count: 2 }).harmless).toBe(true)
})

it('a code that is not known is shown with its count', () => {
  expect(describeWarning({ code: 'brand_new', count: 1200 }).sentence).toBe('brand_new (1,200)')
})
