import { SourceError, type SourceLocation } from '../errors.js'

/** A `SourceError` whose message begins with the place: `users.json:3 (byte 41): what is wrong`. */
export function sourceFault(
  code: string,
  location: SourceLocation,
  what: string,
  facts: { hint: string; cause?: unknown },
): SourceError {
  const { file, line, byte } = location
  return new SourceError(code, `${file}:${line} (byte ${byte}): ${what}`, { ...facts, location })
}
