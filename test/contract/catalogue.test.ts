import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import type { TargetTable } from '../../src/target/table.js'
import { contract } from './contract.js'
import {
  counters,
  invoices,
  memberships,
  organizations,
  receipts,
  samples,
  settings,
  users,
} from './tables.js'

contract('the catalogue', (ground) => {
  test('tells every column: its name, its property, its type, whether it may be null', async () => {
    const table = await ground.target.readTable(samples)
    expect(table.columns.map((column) => [column.name, column.type])).toEqual([
      ['id', { kind: 'uuid' }],
      ['text', { kind: 'text' }],
      ['varchar', { kind: 'text', maxLength: 5 }],
      ['char', { kind: 'text', maxLength: 3, padded: true }],
      ['citext', { kind: 'text' }],
      ['smallint', { kind: 'integer', bits: 16 }],
      ['integer', { kind: 'integer', bits: 32 }],
      ['bigint', { kind: 'integer', bits: 64 }],
      ['money', { kind: 'numeric', precision: 10, scale: 2 }],
      ['numeric', { kind: 'numeric' }],
      ['real', { kind: 'float', bits: 32 }],
      ['double', { kind: 'float', bits: 64 }],
      ['boolean', { kind: 'boolean' }],
      ['uuid', { kind: 'uuid' }],
      ['timestamptz', { kind: 'timestamp', zoned: true, precision: 6 }],
      ['timestamp', { kind: 'timestamp', zoned: false, precision: 6 }],
      ['date', { kind: 'date' }],
      ['time', { kind: 'time', zoned: false, precision: 6 }],
      ['json', { kind: 'json', binary: false }],
      ['jsonb', { kind: 'json', binary: true }],
      ['mood', { kind: 'enum', labels: ['glad', 'sad'] }],
      ['tags', { kind: 'array', element: { kind: 'text' } }],
      ['numbers', { kind: 'array', element: { kind: 'integer', bits: 32 } }],
      ['bytes', { kind: 'bytes' }],
    ])
    expect(table.columns.filter((column) => !column.nullable).map((column) => column.name)).toEqual(['id'])
    const { columns } = await ground.target.readTable(users)
    expect(columns.find((column) => column.name === 'external_no')?.property).toBe('externalNo')
    expect(columns.filter((column) => !column.nullable).map((column) => column.name)).toEqual([
      'id',
      'status',
      'created_at',
    ])
  })

  test('tells which texts a column takes, and what holds it to them', async () => {
    const { labelLists } = await ground.target.readTable(users)
    expect(labelLists).toEqual([
      { column: 'status', labels: ['active', 'blocked'], by: { kind: 'check', name: 'users_status_known' } },
    ])
    const [mood, ...others] = (await ground.target.readTable(samples)).labelLists
    expect(others).toEqual([])
    expect(mood).toMatchObject({ column: 'mood', labels: ['glad', 'sad'] })
    expect([
      { kind: 'type', sql: '"mood"' },
      { kind: 'check', name: 'mood type' },
    ]).toContainEqual(mood?.by)
  })

  test('knows a column that the schema file does not have', async () => {
    const narrow = pgTable('organizations', { id: uuid('id').primaryKey() })
    const { columns } = await ground.target.readTable(narrow)
    expect(columns.map((column) => [column.name, column.property])).toEqual([
      ['id', 'id'],
      ['slug', undefined],
      ['name', undefined],
    ])
  })

  test('says which columns fold case', async () => {
    const { columns } = await ground.target.readTable(users)
    expect(columns.filter((column) => column.foldsCase).map((column) => column.name)).toEqual(['handle'])
  })

  test('says which columns the database fills in', async () => {
    const { columns } = await ground.target.readTable(users)
    const filled = columns.filter((column) => column.defaultSql !== undefined)
    expect(filled.map((column) => column.name)).toEqual(['status', 'created_at'])
  })

  test('tells every unique key with its parts, its predicate and what it makes of nulls', async () => {
    const table = await ground.target.readTable(users)
    expect(keysOf(table)).toEqual([
      {
        name: 'users_pkey',
        columns: ['id'],
        parts: ['id'],
        partial: false,
        nullsNotDistinct: false,
        primary: true,
      },
      {
        name: 'users_badge',
        columns: ['badge_no', 'badge_series'],
        parts: ['badge_series', 'badge_no'],
        partial: false,
        nullsNotDistinct: true,
        primary: false,
      },
      {
        name: 'users_email_lower',
        columns: ['email'],
        parts: ['lower(email)'],
        partial: false,
        nullsNotDistinct: false,
        primary: false,
      },
      {
        name: 'users_handle_unique',
        columns: ['handle'],
        parts: ['handle'],
        partial: false,
        nullsNotDistinct: false,
        primary: false,
      },
      {
        name: 'users_slug_live',
        columns: ['deleted_at', 'slug'],
        parts: ['slug'],
        partial: true,
        nullsNotDistinct: false,
        primary: false,
      },
      {
        name: 'users_tenant_external_no',
        columns: ['external_no', 'tenant'],
        parts: ['tenant', 'external_no'],
        partial: false,
        nullsNotDistinct: false,
        primary: false,
      },
    ])
  })

  test('names the key of a composite primary key as the schema does', async () => {
    const table = await ground.target.readTable(memberships)
    expect(table.uniqueKeys.map((key) => [key.name, key.primary])).toEqual([
      ['memberships_user_id_team_pk', true],
    ])
  })

  test('names a row by the primary key, or else by a unique key that is never null', async () => {
    expect((await ground.target.readTable(users)).rowKey).toEqual(['id'])
    expect((await ground.target.readTable(memberships)).rowKey).toEqual(['user_id', 'team'])
    expect((await ground.target.readTable(settings)).rowKey).toEqual(['key'])
  })

  test('refuses a table in which nothing names a row', async () => {
    await ground.database.execute('create table loose (label text)')
    const loose = pgTable('loose', { label: text('label') })
    await expect(ground.target.readTable(loose)).rejects.toMatchObject({ code: 'target.no_row_key' })
  })

  test('refuses a table that is not there, and names the command that makes it', async () => {
    const absent = pgTable('absent', { id: integer('id').primaryKey() })
    await expect(ground.target.readTable(absent)).rejects.toMatchObject({
      code: 'target.no_table',
      hint: expect.stringContaining('carryover migrate') as string,
    })
  })

  test('tells every foreign key', async () => {
    const table = await ground.target.readTable(users)
    expect(table.foreignKeys.map(({ parentSql: _, enforced: __, ...key }) => key)).toEqual([
      {
        name: 'users_manager',
        columns: ['manager_id'],
        parent: 'users',
        parentColumns: ['id'],
      },
      {
        name: 'users_organization_id_organizations_id_fk',
        columns: ['organization_id'],
        parent: 'organizations',
        parentColumns: ['id'],
      },
    ])
  })

  test('tells every check that the schema declares, and none that a type makes', async () => {
    const table = await ground.target.readTable(users)
    expect(table.checks.map((check) => [check.name, check.columns])).toEqual([
      ['users_age_positive', ['age']],
      ['users_deleted_late', ['status', 'deleted_at']],
      ['users_status_known', ['status']],
    ])
    expect((await ground.target.readTable(samples)).checks).toEqual([])
  })

  test('tells which columns a sequence fills', async () => {
    const byDefault = await ground.target.readTable(counters)
    const always = await ground.target.readTable(receipts)
    expect(byDefault.sequences.map((sequence) => sequence.column)).toEqual(['id'])
    expect(always.sequences.map((sequence) => sequence.column)).toEqual(['id'])
    expect([byDefault.columns[0]?.identity, always.columns[0]?.identity]).toEqual(['by default', 'always'])
    expect((await ground.target.readTable(organizations)).sequences).toEqual([])
  })

  test('names a table of another schema with its schema', async () => {
    const table = await ground.target.readTable(invoices)
    expect(table.name).toBe('billing.invoices')
    expect(table.uniqueKeys.map((key) => key.name)).toEqual(['invoices_pkey', 'invoices_no_unique'])
  })
})

/** The keys in words that do not depend on how an engine prints an expression. */
function keysOf(table: TargetTable) {
  return table.uniqueKeys.map(({ predicate, parts, columns, ...key }) => ({
    ...key,
    columns: columns.toSorted(),
    parts: parts.map((part) => part.replaceAll('"', '')),
    partial: predicate !== undefined,
  }))
}
