import type { Staged } from '../batch.js'
import type { Failure } from '../writes.js'
import type { Session } from './session.js'
import { uncastable } from './uncastable.js'
import { uncomputable } from './uncomputable.js'

/** Records that a statement over the whole batch would stumble on: a type refuses a value, or no check or key comes of it. */
export async function unusable(session: Session, staged: Staged): Promise<Failure[]> {
  const refused = await uncastable(session, staged)
  const ordinals = new Set(refused.map((failure) => failure.ordinal))
  const castable = { ...staged, rows: staged.rows.filter((row) => !ordinals.has(row.ordinal)) }
  return [...refused, ...(await uncomputable(session, castable))]
}
