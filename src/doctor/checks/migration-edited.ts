import type { Check } from '../check.js'

/** A migration whose file is not what was applied. */
export const migrationEdited: Check = {
  code: 'migration.edited',
  severity: 'error',
  why: 'A database that is built from the files is not this one any more, and nobody can say what this one is.',
  find: ({ migrations }) =>
    migrations.changed.map((name) => ({
      object: name,
      message: 'The file was changed after it had been applied.',
      hint: 'Restore it from the repository and put the change into a new migration.',
    })),
}
