import type { Check } from '../check.js'

/** Migrations that cannot be applied as things stand. */
export const migrationBlocked: Check = {
  code: 'migration.blocked',
  severity: 'error',
  why: 'The next deploy stops at its migrations.',
  find: ({ migrations: { refusal } }) =>
    refusal === undefined
      ? []
      : [
          {
            object: 'migrations',
            message: refusal.message,
            ...(refusal.hint !== undefined && { hint: refusal.hint }),
          },
        ],
}
