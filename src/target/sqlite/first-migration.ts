import type { MigrationFiles, PendingMigration } from '../migration.js'
import { migrationState } from './migrate.js'
import { withScratch } from './with-scratch.js'

/** What an empty file would get. */
export function firstMigration(files: MigrationFiles): readonly PendingMigration[] {
  return withScratch([], (scratch) => migrationState(scratch, files).pending)
}
