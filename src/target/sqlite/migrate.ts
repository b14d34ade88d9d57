import { is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { compareMigrations } from '../compare-migrations.js'
import { migrationFailed } from '../migration-failed.js'
import { migrationDialect, readMigrationFolder, type MigrationFile } from '../migration-folder.js'
import type { MigrationFiles, MigrationState, PendingMigration } from '../migration.js'
import { atomically } from './atomically.js'
import type { Connection } from './connection.js'
import { twinMigration } from './twin-migration.js'
import { twinsOf } from './twin.js'

const TWIN = 'twin'

/** How the database stands to the declared schema: migrations written for SQLite, and the twins of `pgTable`s. Writes nothing. */
export function migrationState(connection: Connection, files: MigrationFiles): MigrationState {
  const state = compareMigrations(migrationsFor(files), notedHashes(connection))
  const twins = twinsOf(files.tables)
  if (twins.length === 0) return state
  const statements = twinMigration(connection, twins)
  return statements.length > 0
    ? { ...state, pending: [...state.pending, { name: TWIN, statements }] }
    : { ...state, applied: [...state.applied, TWIN] }
}

/**
 * Applies what is pending, each migration in a transaction of its own; answers the names.
 * @param noteApplied told of each that is committed
 * @throws TargetError `migrate.failed`
 */
export function applyMigrations(
  connection: Connection,
  files: MigrationFiles,
  noteApplied: (name: string) => void = () => undefined,
): string[] {
  const noted = notedHashes(connection)
  const migrations = migrationsFor(files).filter((migration) => !noted.has(migration.createdAt))
  for (const migration of migrations) {
    applyOne(connection, migration, () => note(connection, migration))
    noteApplied(migration.name)
  }
  const statements = twinMigration(connection, twinsOf(files.tables))
  if (statements.length > 0) {
    applyOne(connection, { name: TWIN, statements }, () => undefined)
    noteApplied(TWIN)
  }
  return [...migrations.map((migration) => migration.name), ...(statements.length > 0 ? [TWIN] : [])]
}

/** Migrations for Postgres say nothing to SQLite when the twins take their place. */
function migrationsFor({ folder, tables }: MigrationFiles): MigrationFile[] {
  const hasTwins = tables.some((table) => is(table, PgTable))
  return hasTwins && migrationDialect(folder) !== 'sqlite' ? [] : readMigrationFolder(folder, 'sqlite')
}

/** As drizzle's own migrator, so that either can go on where the other stopped. */
function note(connection: Connection, { hash, createdAt }: MigrationFile): void {
  connection.exec(
    'create table if not exists __drizzle_migrations (id serial primary key, hash text not null, created_at numeric)',
  )
  connection.run('insert into __drizzle_migrations (hash, created_at) values (?, ?)', [hash, createdAt])
}

function notedHashes(connection: Connection): Map<number, string> {
  const there = connection.get(
    `select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'`,
  )
  const rows = there === undefined ? [] : connection.all('select created_at, hash from __drizzle_migrations')
  return new Map(rows.map(([createdAt, hash]) => [Number(createdAt), hash as string]))
}

/**
 * A rebuilt table is dropped, which deletes what points at it while foreign keys are enforced; and the pragma that drizzle-kit
 * writes against that means nothing inside a transaction.
 */
function applyOne(
  connection: Connection,
  { name, statements }: PendingMigration,
  afterwards: () => void,
): void {
  const mayPause = !connection.inTransaction
  let current: string | undefined
  if (mayPause) connection.exec('pragma foreign_keys = off')
  try {
    atomically(connection, () => {
      for (const statement of statements) {
        current = statement
        connection.exec(statement)
      }
      current = undefined
      if (connection.get('select 1 from pragma_foreign_key_check limit 1') !== undefined) {
        throw new Error('rows are left that point at nobody')
      }
      afterwards()
    })
  } catch (cause) {
    throw migrationFailed(name, current, cause)
  } finally {
    if (mayPause) connection.exec('pragma foreign_keys = on')
  }
}
