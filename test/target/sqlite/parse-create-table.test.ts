import { describe, expect, test } from 'vitest'
import { parseCreateTable } from '../../../src/target/sqlite/parse-create-table.js'

describe('the text of a table', () => {
  test.each([
    [
      'beside its column',
      'id integer constraint k primary key autoincrement',
      { name: 'k', columns: ['id'], autoincrement: true },
    ],
    [
      'beside its column, without a name',
      'id text primary key',
      { name: undefined, columns: ['id'], autoincrement: false },
    ],
    [
      'of several columns',
      'a text, b text, constraint "a b" primary key (a, "b" desc)',
      { name: 'a b', columns: ['a', 'b'], autoincrement: false },
    ],
    ['that is not there', 'a text', undefined],
  ])('tells a primary key %s', (_, body, primaryKey) => {
    expect(parseCreateTable(`create table t (${body})`).primaryKey).toEqual(primaryKey)
  })

  test.each([
    [
      'beside its column',
      `a text check (a <> ')')`,
      { name: undefined, expression: `a <> ')'`, column: 'a' },
    ],
    [
      'with a name',
      'a int constraint c check (a in (1, (2)))',
      { name: 'c', expression: 'a in (1, (2))', column: 'a' },
    ],
    [
      'of the table',
      'a int, b int, constraint c check (a < b)',
      { name: 'c', expression: 'a < b', column: undefined },
    ],
    [
      'after another constraint with a name',
      'a int constraint n not null check (a > 0)',
      { name: undefined, expression: 'a > 0', column: 'a' },
    ],
    [
      'behind a default in parentheses',
      `a int default (max(1, 2)) check (a > 0)`,
      { name: undefined, expression: 'a > 0', column: 'a' },
    ],
    [
      'behind a default that looks like one',
      `a text default 'check (x)' constraint c check (a > '')`,
      { name: 'c', expression: `a > ''`, column: 'a' },
    ],
    [
      'among comments',
      'a int -- check (1)\n, /* check (2) */ check (a > 0)',
      { name: undefined, expression: 'a > 0', column: undefined },
    ],
  ])('tells a check %s', (_, body, check) => {
    expect(parseCreateTable(`CREATE TABLE "t" (${body}) STRICT`).checks).toEqual([check])
  })

  test.each([
    ['beside its column', 'a text references p (id)', { name: undefined, columns: ['a'], deferred: false }],
    [
      'with actions',
      'a text constraint f references p (id) on delete set null on update cascade',
      { name: 'f', columns: ['a'], deferred: false },
    ],
    [
      'of several columns',
      'a text, b text, constraint f foreign key (a, "b") references p (x, y)',
      { name: 'f', columns: ['a', 'b'], deferred: false },
    ],
    [
      'that is judged at the commit',
      'a text references p deferrable initially deferred, b text',
      { name: undefined, columns: ['a'], deferred: true },
    ],
    [
      'that only looks deferred',
      'a text references p (id) not deferrable initially deferred',
      { name: undefined, columns: ['a'], deferred: false },
    ],
  ])('tells a foreign key %s', (_, body, key) => {
    expect(parseCreateTable(`create table t (${body})`).foreignKeys).toEqual([key])
  })

  test('tells unique constraints, named and not', () => {
    const parsed = parseCreateTable(
      'create table t (a text unique, b text constraint u unique on conflict replace, unique (a, b))',
    )
    expect(parsed.uniques).toEqual([
      { name: undefined, columns: ['a'] },
      { name: 'u', columns: ['b'] },
      { name: undefined, columns: ['a', 'b'] },
    ])
  })

  test('tells collations of columns, and none of a key', () => {
    const parsed = parseCreateTable(
      'create table t ([a b] text COLLATE NOCASE, c text, unique (c collate nocase))',
    )
    expect([...parsed.collations]).toEqual([['a b', 'nocase']])
  })

  test('reads quoted names and names that are keywords', () => {
    const parsed = parseCreateTable(
      'create table `t` ("check" text check ("check" <> \'\'), "pri""mary" integer primary key)',
    )
    expect(parsed.checks).toEqual([{ name: undefined, expression: `"check" <> ''`, column: 'check' }])
    expect(parsed.primaryKey?.columns).toEqual(['pri"mary'])
  })

  test('reads a generated column', () => {
    const parsed = parseCreateTable(
      'create table t (a int, b int generated always as (a + 1) stored check (b > 1))',
    )
    expect(parsed.checks.map((check) => check.expression)).toEqual(['b > 1'])
  })
})
