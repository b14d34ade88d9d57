import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TargetError } from '../errors.js'

/** One migration as drizzle-kit wrote it. */
export interface MigrationFile {
  /** `0000_quick_fox` */
  readonly name: string
  /** What drizzle's journal table calls `created_at`: milliseconds, the migration's identity. */
  readonly createdAt: number
  /** sha-256 of the file, as drizzle computes it. */
  readonly hash: string
  readonly statements: readonly string[]
}

interface Journal {
  dialect: string
  entries: { tag: string; when: number }[]
}

/**
 * The migrations of a drizzle-kit folder, oldest first; none when there is no folder.
 * @throws TargetError `migrate.wrong_dialect`, `migrate.no_file`
 */
export function readMigrationFolder(folder: string | undefined, dialect: string): MigrationFile[] {
  const journal = folder === undefined ? undefined : readJournal(folder)
  if (folder === undefined || journal === undefined) return []
  if (journal.dialect !== dialect) {
    throw new TargetError(
      'migrate.wrong_dialect',
      `The migrations in ${folder} are for ${journal.dialect}, the database is ${dialect}.`,
      {
        hint: 'Generate migrations for this database with drizzle-kit, or point `migrations` at the right folder.',
      },
    )
  }
  return journal.entries.map((entry) => readMigration(folder, entry.tag, entry.when))
}

/** The dialect a folder's migrations are written for, undefined when there is no folder. */
export function migrationDialect(folder: string | undefined): string | undefined {
  return folder === undefined ? undefined : readJournal(folder)?.dialect
}

function readJournal(folder: string): Journal | undefined {
  const file = join(folder, 'meta', '_journal.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Journal) : undefined
}

function readMigration(folder: string, tag: string, when: number): MigrationFile {
  const file = join(folder, `${tag}.sql`)
  if (!existsSync(file)) {
    throw new TargetError(
      'migrate.no_file',
      `The migration ${tag} stands in the journal, but ${file} is missing.`,
      {
        hint: 'Restore the file from the repository.',
      },
    )
  }
  const text = readFileSync(file, 'utf8')
  return {
    name: tag,
    createdAt: when,
    hash: createHash('sha256').update(text).digest('hex'),
    statements: text
      .split('--> statement-breakpoint')
      .map((statement) => statement.trim())
      .filter(Boolean),
  }
}
