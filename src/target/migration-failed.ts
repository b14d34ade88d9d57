import { TargetError } from '../errors.js'

const mostCharacters = 120

/**
 * What a migration that failed ends with: its name, the first line of the statement that failed, and what the database said.
 * @param statement undefined when the database objected at the end of the transaction
 */
export function migrationFailed(name: string, statement: string | undefined, cause: unknown): TargetError {
  const said = (cause as Error).message.replace(/\.$/, '')
  const place = statement === undefined ? '' : ` at \`${firstLine(statement)}\``
  return new TargetError(
    'migrate.failed',
    `The migration ${name} failed${place} and was rolled back: ${said}.`,
    {
      hint: 'Nothing of that one is left. Mend the file or the database and run migrate again.',
      retryable: cause instanceof TargetError && cause.retryable,
      cause,
    },
  )
}

/** The first line that is no comment. */
function firstLine(statement: string): string {
  const lines = statement.split('\n').map((line) => line.trim())
  const line = lines.find((text) => text !== '' && !text.startsWith('--')) ?? ''
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1)}…` : line
}
