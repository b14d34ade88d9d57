import { readMigrationFolder } from './migration-folder.js'
import type { MigrationFiles, MigrationState } from './migration.js'

/** Every migration of a project, as if nothing of it had been applied: what a database of this URL would get. Opens no connection. */
export async function offlineMigrations(url: string, files: MigrationFiles): Promise<MigrationState> {
  const pending = url.startsWith('sqlite:')
    ? (await import('./sqlite/first-migration.js')).firstMigration(files)
    : readMigrationFolder(files.folder, 'postgresql').map(({ name, statements }) => ({ name, statements }))
  return { applied: [], pending, changed: [], unknown: [] }
}
