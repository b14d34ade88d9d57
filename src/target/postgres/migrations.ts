import { TargetError } from '../../errors.js'
import { readMigrationFolder, type MigrationFile } from '../migration-folder.js'
import type { MigrationFiles, MigrationState } from '../migration.js'
import type { Session } from './session.js'

/** How the database stands to the migrations of drizzle-kit. Reads drizzle's own journal table, writes nothing. */
export async function migrationState(session: Session, files: MigrationFiles): Promise<MigrationState> {
  const migrations = readMigrationFolder(files.folder, 'postgresql')
  const applied = await appliedHashes(session)
  const state = {
    applied: [] as string[],
    pending: [] as MigrationState['pending'][number][],
    changed: [] as string[],
  }
  for (const migration of migrations) {
    const hash = applied.get(migration.createdAt)
    if (hash === undefined) state.pending.push({ name: migration.name, statements: migration.statements })
    else {
      state.applied.push(migration.name)
      if (hash !== migration.hash) state.changed.push(migration.name)
    }
  }
  return state
}

/**
 * Applies what is pending, each migration in a transaction of its own, and notes it as drizzle's migrator does.
 * @param inTransaction runs a piece of work in one transaction
 */
export async function applyMigrations(
  session: Session,
  files: MigrationFiles,
  inTransaction: <Result>(work: () => Promise<Result>) => Promise<Result>,
): Promise<string[]> {
  const applied = await inTransaction(() => appliedHashes(session))
  const pending = readMigrationFolder(files.folder, 'postgresql').filter(
    (migration) => !applied.has(migration.createdAt),
  )
  for (const migration of pending) {
    await inTransaction(() => applyOne(session, migration)).catch((cause: unknown) => {
      throw migrationFailed(migration, cause)
    })
  }
  return pending.map((migration) => migration.name)
}

async function applyOne(session: Session, migration: MigrationFile): Promise<void> {
  await session.query('create schema if not exists drizzle')
  await session.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  )
  for (const statement of migration.statements) await session.query(statement)
  await session.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
    migration.hash,
    migration.createdAt,
  ])
}

function migrationFailed({ name }: MigrationFile, cause: unknown): TargetError {
  return new TargetError(
    'migrate.failed',
    `The migration ${name} failed and was rolled back: ${(cause as Error).message}`,
    {
      hint: 'Nothing of it is left; those before it are applied. Mend the file or the database and run migrate again.',
      retryable: cause instanceof TargetError && cause.retryable,
      cause,
    },
  )
}

async function appliedHashes(session: Session): Promise<Map<number, string>> {
  const there = await session.query(`select to_regclass('drizzle.__drizzle_migrations')::text as journal`)
  if (there[0]?.['journal'] == null) return new Map()
  const rows = await session.query(
    'select hash, created_at::text from drizzle.__drizzle_migrations order by created_at',
  )
  return new Map(rows.map((row) => [Number(row['created_at']), row['hash'] as string]))
}
