import type { MigrationFile } from './migration-folder.js'
import type { MigrationState } from './migration.js'

/**
 * How the files of a folder stand to what the database notes. Without a folder nobody can say that one is unknown.
 * @param noted the moment a migration was generated, in milliseconds → its hash
 */
export function compareMigrations(
  files: readonly MigrationFile[],
  noted: ReadonlyMap<number, string>,
): MigrationState {
  const applied = files.filter(({ createdAt }) => noted.has(createdAt))
  const known = new Set(files.map(({ createdAt }) => createdAt))
  return {
    applied: applied.map(({ name }) => name),
    pending: files
      .filter(({ createdAt }) => !noted.has(createdAt))
      .map(({ name, statements }) => ({ name, statements })),
    changed: applied.filter(({ createdAt, hash }) => noted.get(createdAt) !== hash).map(({ name }) => name),
    unknown:
      files.length === 0
        ? []
        : [...noted.keys()].filter((createdAt) => !known.has(createdAt)).map(calledByMoment),
  }
}

/** drizzle notes when a migration was generated, and no name: `the one of 2026-11-22T04:00:00.000Z`. */
function calledByMoment(createdAt: number): string {
  const moment = new Date(createdAt)
  return `the one of ${Number.isNaN(moment.getTime()) ? createdAt : moment.toISOString()}`
}
