import { expect, test } from 'vitest'
import { migrationBlocked } from '../../../src/doctor/checks/migration-blocked.js'
import { ward } from '../clinic.js'

test('what stands in the way of migrations is told as it was said', async () => {
  const { examine } = await ward('sqlite')
  const refusal = { message: 'The table users differs.', hint: 'Rebuild it.' }
  expect(await examine(migrationBlocked, { migrations: { refusal } })).toEqual([
    { object: 'migrations', ...refusal },
  ])
  expect(await examine(migrationBlocked, {})).toEqual([])
})
