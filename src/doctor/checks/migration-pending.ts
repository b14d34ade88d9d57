import type { Check } from '../check.js'

/** A migration that the database has not seen. */
export const migrationPending: Check = {
  code: 'migration.pending',
  severity: 'warning',
  why: 'The code that is deployed with it expects what the database does not have yet.',
  find: ({ migrations }) =>
    migrations.pending.map(({ name, statements }, index) => ({
      object: name,
      message: `${statements.length} ${statements.length === 1 ? 'statement of it is' : 'statements of it are'} not applied.`,
      ...(index === 0 && {
        hint: '`carryover migrate --sql` shows what they do, `carryover migrate` applies them.',
      }),
    })),
}
