import { TargetError } from '../../errors.js'
import { openConnection, type Connection } from './connection.js'
import { quoteName } from './quote.js'
import type { Twin } from './twin.js'

/** Lets `read` look at a database in memory that holds the twins and nothing else, as SQLite itself understands them. */
export function withScratch<Result>(twins: readonly Twin[], read: (scratch: Connection) => Result): Result {
  const scratch = openConnection(':memory:', {
    lockTimeoutMs: 0,
    statementTimeoutMs: 0,
    rehearsal: false,
    readOnly: false,
  })
  try {
    // Parents may stand in another file or further down.
    scratch.exec('pragma foreign_keys = off')
    for (const twin of twins) {
      build(scratch, twin, 'table', twin.create)
      for (const index of twin.indexes) build(scratch, twin, `index ${index.name} of the table`, index.create)
      // A default that calls an unknown function fails with the first insert alone: explaining one is enough.
      build(
        scratch,
        twin,
        'defaults of the table',
        `explain insert into ${quoteName(twin.liveName)} default values`,
      )
    }
    return read(scratch)
  } finally {
    scratch.close()
  }
}

function build(scratch: Connection, twin: Twin, part: string, sql: string): void {
  try {
    scratch.exec(sql)
  } catch (cause) {
    throw new TargetError(
      'twin.no_expression',
      `SQLite does not understand the ${part} ${twin.name}: ${(cause as Error).message}.`,
      {
        hint: 'Write the check, default or index so that both engines understand it, or declare the table with sqliteTable.',
        cause,
      },
    )
  }
}
