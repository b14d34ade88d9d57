import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CARRYOVER_NAMESPACE, uuidFromValue } from '../../src/record/uuid-from-value.js'

/** RFC 9562, 6.6. */
const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'

describe('uuidFromValue', () => {
  it('makes the UUID of the example in RFC 9562, A.4', () => {
    expect(uuidFromValue('www.example.com', DNS)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
  })

  it('keeps a UUID of any version, in lower case', () => {
    expect(uuidFromValue('A0EEBC99-9C0B-0EF8-0B6D-6BB9BD380A11')).toBe('a0eebc99-9c0b-0ef8-0b6d-6bb9bd380a11')
  })

  it('makes the ids that earlier runs made, since its namespace never changes', () => {
    expect(CARRYOVER_NAMESPACE).toBe(uuidFromValue('carryover', '00000000-0000-0000-0000-000000000000'))
    expect(uuidFromValue('7')).toBe('a22d504c-454d-585c-ad4f-712bd35241be')
  })

  it('keeps two systems with the same ids apart by their namespaces', () => {
    expect(uuidFromValue('7', DNS)).not.toBe(uuidFromValue('7'))
  })

  it('keeps texts apart that UTF-8 would write alike', () => {
    expect(uuidFromValue('\ud800')).not.toBe(uuidFromValue('\ud801'))
  })

  it('answers version 5 and variant 10 for any text that is no UUID, and the same for the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const uuid = uuidFromValue(value)
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(uuidFromValue(value)).toBe(uuid)
        expect(uuidFromValue(uuid)).toBe(uuid)
      }),
    )
  })
})
