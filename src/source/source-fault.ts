import { SourceError, type SourceLocation } from '../errors.js'

/** A `SourceError` whose message begins with the place: `users.json:3:14 (byte 41): what is wrong`. */
export function sourceFault(
  code: string,
  location: SourceLocation,
  what: string,
  facts: { hint: string; cause?: unknown },
): SourceError {
  const { file, line, column, byte } = location
  return new SourceError(code, `${file}:${line}:${column} (byte ${byte}): ${what}`, { ...facts, location })
}
