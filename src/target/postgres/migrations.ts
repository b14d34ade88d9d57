import { TargetError } from '../../errors.js'
import { compareMigrations } from '../compare-migrations.js'
import { migrationFailed } from '../migration-failed.js'
import { readMigrationFolder, type MigrationFile } from '../migration-folder.js'
import type { MigrationFiles, MigrationState } from '../migration.js'
import type { Session } from './session.js'

/** How the database stands to the migrations of drizzle-kit. Reads drizzle's own journal table, writes nothing. */
export async function migrationState(session: Session, files: MigrationFiles): Promise<MigrationState> {
  return compareMigrations(readMigrationFolder(files.folder, 'postgresql'), await appliedHashes(session))
}

/**
 * Applies what is pending, each migration in a transaction of its own, and notes it as drizzle's migrator does.
 * @param inTransaction runs a piece of work in one transaction
 * @param noteApplied told of each that is committed
 * @throws TargetError `migrate.failed`
 */
export async function applyMigrations(
  session: Session,
  files: MigrationFiles,
  inTransaction: <Result>(work: () => Promise<Result>) => Promise<Result>,
  noteApplied: (name: string) => void = () => undefined,
): Promise<string[]> {
  const applied = await inTransaction(() => appliedHashes(session))
  const pending = readMigrationFolder(files.folder, 'postgresql').filter(
    (migration) => !applied.has(migration.createdAt),
  )
  for (const migration of pending) {
    let statement: string | undefined
    const noteStatement = (text: string | undefined) => (statement = text)
    await inTransaction(() => applyOne(session, migration, noteStatement)).catch((cause: unknown) => {
      throw migrationFailed(migration.name, statement, cause)
    })
    noteApplied(migration.name)
  }
  return pending.map((migration) => migration.name)
}

async function applyOne(
  session: Session,
  migration: MigrationFile,
  noteStatement: (text: string | undefined) => void,
): Promise<void> {
  await session.query('create schema if not exists drizzle')
  await session.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  )
  for (const statement of migration.statements) {
    noteStatement(statement)
    await session.query(statement)
  }
  noteStatement(undefined)
  await session.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
    migration.hash,
    migration.createdAt,
  ])
}

async function appliedHashes(session: Session): Promise<Map<number, string>> {
  // The catalogue is asked first: a refused statement would end the transaction of whoever asks.
  const [journal] = await session.query(
    `select (has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select'))::text as may_read
       from pg_namespace n join pg_class c on c.relnamespace = n.oid
      where n.nspname = 'drizzle' and c.relname = '__drizzle_migrations'`,
  )
  if (journal === undefined) return new Map()
  if (journal['may_read'] !== 'true') throw unreadableJournal()
  const rows = await session.query(
    'select hash, created_at::text from drizzle.__drizzle_migrations order by created_at',
  )
  return new Map(rows.map((row) => [Number(row['created_at']), row['hash'] as string]))
}

function unreadableJournal(): TargetError {
  return new TargetError(
    'database.permission',
    'The role may not read drizzle.__drizzle_migrations, where applied migrations are noted.',
    { hint: 'GRANT USAGE ON SCHEMA drizzle and SELECT ON drizzle.__drizzle_migrations to it.' },
  )
}
