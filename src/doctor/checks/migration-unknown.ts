import type { Check } from '../check.js'

/** A migration that was applied and that no file of the folder is. */
export const migrationUnknown: Check = {
  code: 'migration.unknown',
  severity: 'warning',
  why: 'The database is ahead of the files: of a branch that was not merged, or of a newer version that was rolled back.',
  find: ({ migrations }) =>
    migrations.unknown.map((name) => ({
      object: name,
      message: 'The database notes a migration that no file of the folder is.',
      hint: 'Bring the file back from the branch that has it, or take back what it did and the row in __drizzle_migrations.',
    })),
}
