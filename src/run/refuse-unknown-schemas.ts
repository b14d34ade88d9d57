import { UsageError } from '../errors.js'
import type { Audit } from '../target/survey.js'

/**
 * A schema that is not there would be found in order.
 * @throws UsageError `usage.no_such_schema`
 */
export async function refuseUnknownSchemas(audit: Audit, schemas: readonly string[]): Promise<void> {
  const unknown = await audit.unknownSchemas(schemas)
  if (unknown.length === 0) return
  throw new UsageError('usage.no_such_schema', `The database has no schema ${unknown.join(', ')}.`, {
    hint: 'Names are as the catalogue has them, case and all; a SQLite file has one, main.',
  })
}
