import { expect, test } from 'vitest'
import { TargetError } from '../../src/errors.js'
import type { Survey, SurveyedTable } from '../../src/target/survey.js'
import { contract, type Ground, uuid } from './contract.js'
import { counters, invoices, organizations, receipts, users } from './tables.js'

const survey = ({ target }: Ground, schemas: readonly string[] = []): Promise<Survey> =>
  target.audit.survey(schemas)

async function surveyed(ground: Ground, name: string): Promise<SurveyedTable> {
  return found((await survey(ground)).tables, name)
}

function found(tables: readonly SurveyedTable[], name: string): SurveyedTable {
  const table = tables.find((one) => one.name === name)
  if (table === undefined) throw new Error(`There is no ${name}.`)
  return table
}

contract('the audit', (ground) => {
  test('tells every table, and finds those of the schema file', async () => {
    const { tables, tableOf } = await survey(ground)
    expect(tables.map(({ name }) => name.replace('.', '_'))).toEqual([
      'billing_invoices',
      'counters',
      'memberships',
      'organizations',
      'receipts',
      'samples',
      'settings',
      'users',
    ])
    expect(tableOf(users)?.name).toBe('users')
    expect(tableOf(invoices)).toBe(tables[0])
    expect(tables.map(({ may }) => Object.values(may).every(Boolean))).not.toContain(false)
    expect(tables.map(({ hidesRows }) => hidesRows)).not.toContain(true)
  })

  test('does not count its own ledger among the tables', async () => {
    const before = (await survey(ground)).tables.length
    await ground.target.ledger.prepare()
    expect((await survey(ground)).tables).toHaveLength(before)
  })

  test('tells every column', async () => {
    const { columns } = await surveyed(ground, 'users')
    expect(columns.slice(0, 3).map(({ name }) => name)).toEqual(['id', 'email', 'handle'])
    expect(columns.filter(({ nullable }) => !nullable).map(({ name }) => name)).toEqual([
      'id',
      'status',
      'created_at',
    ])
    expect(columns.filter(({ defaultSql }) => defaultSql !== undefined).map(({ name }) => name)).toEqual([
      'status',
      'created_at',
    ])
    expect(columns.filter(({ foldsCase }) => foldsCase).map(({ name }) => name)).toEqual(['handle'])
    expect(columns.find(({ name }) => name === 'age')?.type.kind).toBe('integer')
    expect(columns.find(({ name }) => name === 'slug')?.type).toEqual({ kind: 'text' })
  })

  test('tells keys that the database makes, which are no defaults', async () => {
    for (const name of ['counters', 'receipts']) {
      const [id] = (await surveyed(ground, name)).columns
      expect([id?.identity === undefined, id?.defaultSql]).toEqual([false, undefined])
    }
  })

  test('tells the primary key and every unique key', async () => {
    const table = await surveyed(ground, 'users')
    expect(table.primaryKey).toEqual({ name: 'users_pkey', columns: ['id'] })
    expect(table.uniqueKeys.map(({ name }) => name)).toEqual([
      'users_pkey',
      'users_badge',
      'users_email_lower',
      'users_handle_unique',
      'users_slug_live',
      'users_tenant_external_no',
    ])
    const memberships = await surveyed(ground, 'memberships')
    expect(memberships.primaryKey).toEqual({
      name: 'memberships_user_id_team_pk',
      columns: ['user_id', 'team'],
    })
    expect((await surveyed(ground, 'settings')).primaryKey).toBeNull()
  })

  test('tells every foreign key, and what becomes of rows whose parent is deleted', async () => {
    await ground.database.execute(
      `create table loose (id char(36) primary key);
       create table pages (id integer primary key, owner char(36), other char(36),
         constraint pages_other foreign key (other) references loose (id) on delete set null,
         constraint pages_owner foreign key (owner) references loose (id) on delete cascade)`,
    )
    const pages = await surveyed(ground, 'pages')
    expect(pages.foreignKeys).toMatchObject([
      {
        name: 'pages_other',
        columns: ['other'],
        parent: 'loose',
        parentColumns: ['id'],
        onDelete: 'set null',
      },
      { name: 'pages_owner', columns: ['owner'], parent: 'loose', onDelete: 'cascade', notValid: false },
    ])
    const { foreignKeys } = await surveyed(ground, 'users')
    expect(foreignKeys).toMatchObject([
      { name: 'users_manager', parent: 'users', onDelete: 'no action' },
      { name: 'users_organization_id_organizations_id_fk', parent: 'organizations', parentColumns: ['id'] },
    ])
  })

  test('tells every index, those of keys among them', async () => {
    await ground.database.execute('create index users_by_age on users (age, tenant)')
    const { indexes } = await surveyed(ground, 'users')
    const byName = new Map(indexes.map((index) => [index.name, index]))
    expect(byName.get('users_by_age')).toMatchObject({
      name: 'users_by_age',
      columns: ['age', 'tenant'],
      unique: false,
      isConstraint: false,
      predicate: undefined,
    })
    expect(byName.get('users_email_lower')).toMatchObject({ columns: [null], unique: true })
    expect(byName.get('users_slug_live')).toMatchObject({ columns: ['slug'], isConstraint: false })
    expect(byName.get('users_slug_live')?.predicate).toContain('deleted_at')
    expect(indexes.filter(({ isConstraint }) => isConstraint).map(({ columns }) => columns)).toContainEqual([
      'id',
    ])
  })

  test('tells every check, and which columns one holds to a list', async () => {
    const { checks, labelLists } = await surveyed(ground, 'users')
    expect(checks.map(({ name }) => name)).toEqual([
      'users_age_positive',
      'users_deleted_late',
      'users_status_known',
    ])
    expect(labelLists).toEqual([
      { column: 'status', labels: ['active', 'blocked'], by: { kind: 'check', name: 'users_status_known' } },
    ])
  })

  test('tells the labels of an enum: those of its type, or those of the check that stands for it', async () => {
    const { enums, tables } = await survey(ground)
    const { columns, labelLists } = found(tables, 'samples')
    const name = columns.find((column) => column.name === 'mood')?.enumName ?? null
    const labels =
      name === null
        ? labelLists.find(({ column }) => column === 'mood')?.labels
        : enums.find((one) => one.name === name)?.labels
    expect(labels).toEqual(['glad', 'sad'])
    expect(enums.flatMap(({ dependents }) => dependents)).toEqual([])
  })

  test('tells every sequence', async () => {
    const { sequences, tableOf } = await survey(ground)
    const served = sequences.map(({ tableSql, column }) => [tableSql, column])
    const expected = [counters, receipts].map((table) => [tableOf(table)?.sql, 'id'])
    // An `integer primary key` of SQLite draws its numbers without one, unless it is an `autoincrement`.
    for (const one of served) expect(expected).toContainEqual(one)
    expect(await ground.target.audit.sequences([])).toEqual(sequences)
  })

  test('keeps to the schemas that are asked for', async () => {
    const { tables } = await survey(ground)
    const own = found(tables, 'users').schema
    const within = (await survey(ground, [own])).tables.map(({ name }) => name)
    expect(within).toContain('users')
    expect(within).not.toContain('billing.invoices')
    const none = await survey(ground, ['nowhere'])
    expect([none.tables, none.enums, none.sequences]).toEqual([[], [], []])
    expect(await ground.target.audit.sequences(['nowhere'])).toEqual([])
  })

  test('counts rows up to a limit, and those in which a column is filled', async () => {
    await ground.database.execute(`insert into settings values ('a', 'x'), ('b', null), ('c', 'y')`)
    const { audit } = ground.target
    const table = await surveyed(ground, 'settings')
    expect(await audit.countRows(table, 10)).toBe(3)
    expect(await audit.countRows(table, 2)).toBe(2)
    expect(await audit.countRows(table, 10, 'value')).toBe(2)
  })

  test('tells the distinct texts of a column, unless there are too many', async () => {
    await ground.database.execute(
      `insert into settings values ('a', 'x'), ('b', null), ('c', 'x'), ('d', '')`,
    )
    const { audit } = ground.target
    const table = await surveyed(ground, 'settings')
    expect(await audit.distinctTexts(table, 'value', 2)).toEqual(['', 'x'])
    expect(await audit.distinctTexts(table, 'value', 1)).toBeUndefined()
    expect(await audit.distinctTexts(table, 'key', 3)).toBeUndefined()
  })

  test('counts groups of rows that differ by case alone', async () => {
    await ground.database.execute(
      `insert into users (id, slug, tenant, external_no, badge_series, badge_no, handle) values
         ('${uuid(1)}', null, 'A', 1, 'X', null, 'ann'), ('${uuid(2)}', null, 'a', 1, 'x', null, 'bob'),
         ('${uuid(3)}', null, 'b', 1, 'Y', 1, null), ('${uuid(4)}', null, 'B', 2, 'y', 2, null),
         ('${uuid(5)}', null, 'c', null, 'Z', 3, null), ('${uuid(6)}', null, 'C', null, 'Z', 4, null)`,
    )
    const table = await surveyed(ground, 'users')
    const count = (name: string) => {
      const key = table.uniqueKeys.find((one) => one.name === name)
      return ground.target.audit.countCaseTwins(table, key ?? { columns: [], nullsNotDistinct: false })
    }
    expect(await count('users_tenant_external_no')).toBe(1)
    expect(await count('users_badge')).toBe(1)
    expect(await count('users_handle_unique')).toBe(0)
    expect(await count('users_pkey')).toBe(0)
  })

  test('counts rows that point at no row', async () => {
    await ground.database.execute(
      `insert into organizations (id, slug) values ('${uuid(1)}', 'one');
       insert into memberships (user_id, team) values ('${uuid(1)}', 'a'), ('${uuid(2)}', 'a'), ('${uuid(2)}', 'b')`,
    )
    const { tables, tableOf } = await survey(ground)
    const parent = tableOf(organizations) as SurveyedTable
    const memberships = found(tables, 'memberships')
    const key = { columns: ['user_id'], parentSql: parent.sql, parentColumns: ['id'] }
    expect(await ground.target.audit.countOrphans(memberships, key)).toBe(2)
    const people = found(tables, 'users')
    const [manager] = people.foreignKeys
    expect(manager && (await ground.target.audit.countOrphans(people, manager))).toBe(0)
  })

  test('an insert that is tried says why it fails, and leaves nothing behind', async () => {
    await ground.database.execute('create table visits (id bigint not null primary key, note text)')
    await ground.target.close()
    ground.target = await ground.database.openTarget({ rehearsal: true })
    const { audit } = ground.target
    const { tables } = await audit.survey([])
    const said = new Map<string, string | undefined>()
    for (const table of tables) {
      const refused = await audit.tryInsert(table)
      if (refused !== null) said.set(table.name, refused.column)
    }
    expect([...said]).toEqual([['visits', 'id']])
    await ground.target.close()
    ground.target = await ground.database.openTarget()
    for (const { sql } of tables) expect(await ground.database.count(`select count(*) from ${sql}`)).toBe(0)
  })

  test('an insert of values that are taken, or that a check refuses, is no failure', async () => {
    await ground.database.execute(
      `insert into settings values ('a', 'x'); create table codes (code text primary key not null check (length(code) = 3), org char(36) not null references settings (key))`,
    )
    await ground.target.close()
    ground.target = await ground.database.openTarget({ rehearsal: true })
    const { audit } = ground.target
    const { tables } = await audit.survey([])
    for (const name of ['settings', 'codes']) expect(await audit.tryInsert(found(tables, name))).toBeNull()
  })

  test('a target that may only read tries no insert', async () => {
    await ground.target.close()
    ground.target = await ground.database.openTarget({ readOnly: true })
    const table = await surveyed(ground, 'settings')
    await expect(ground.target.audit.tryInsert(table)).rejects.toThrow(TargetError)
  })
})
