import { expect, test } from 'vitest'
import { migrationUnknown } from '../../../src/doctor/checks/migration-unknown.js'
import { ward } from '../clinic.js'

test('every such migration is told by its name', async () => {
  const { examine } = await ward('sqlite')
  const migrations = { applied: ['0000_start'], unknown: ['0000_start'] }
  expect(await examine(migrationUnknown, { migrations })).toMatchObject([
    { object: '0000_start', message: expect.stringMatching(/^[A-Z].*\.$/) },
  ])
  expect(await examine(migrationUnknown, { migrations: { applied: ['0000_start'] } })).toEqual([])
})
