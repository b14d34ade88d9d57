import { migrationPending } from '../../../src/doctor/checks/migration-pending.js'
import { expect, test } from 'vitest'
import { ward } from '../clinic.js'

test('every migration that is not applied is told', async () => {
  const { examine } = await ward('sqlite')
  const pending = [{ name: '0001_add', statements: ['create table a (b)', 'create table c (d)'] }]
  expect(await examine(migrationPending, { migrations: { applied: ['0000_start'], pending } })).toMatchObject(
    [{ object: '0001_add', message: '2 statements of it are not applied.' }],
  )
  expect(await examine(migrationPending, { migrations: { applied: ['0000_start'] } })).toEqual([])
})
