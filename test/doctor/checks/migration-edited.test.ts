import { expect, test } from 'vitest'
import { migrationEdited } from '../../../src/doctor/checks/migration-edited.js'
import { ward } from '../clinic.js'

test('every such migration is told by its name', async () => {
  const { examine } = await ward('sqlite')
  const migrations = { applied: ['0000_start'], changed: ['0000_start'] }
  expect(await examine(migrationEdited, { migrations })).toMatchObject([
    { object: '0000_start', message: expect.stringMatching(/^[A-Z].*\.$/) },
  ])
  expect(await examine(migrationEdited, { migrations: { applied: ['0000_start'] } })).toEqual([])
})
