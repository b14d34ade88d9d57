import type { SourceError, SourceLocation } from '../../errors.js'
import { formatJsonPointer } from './json-pointer.js'
import { sourceFault } from '../source-fault.js'

const AT_HINT = "Set 'at' of the source to the JSON Pointer of the list of records, such as '/users'."

/** The pointer names an entry that a container on its way does not have. */
export function stepMissingFault(
  location: SourceLocation,
  { pointer, depth, found }: { pointer: readonly string[]; depth: number; found: string },
): SourceError {
  const what = `'at' leads nowhere: expected ${JSON.stringify(pointer[depth])} in ${place(pointer, depth)}, found ${found}`
  return sourceFault('source.at_not_found', location, what, { hint: AT_HINT })
}

/** The pointer leads to a scalar, or through one. */
export function scalarOnPathFault(
  location: SourceLocation,
  { pointer, depth, firstByte }: { pointer: readonly string[]; depth: number; firstByte: number },
): SourceError {
  const found = scalarKind(firstByte)
  const where = place(pointer, depth)
  if (depth < pointer.length) {
    const what = `'at' leads nowhere: expected ${JSON.stringify(pointer[depth])} in ${where}, found ${found} there`
    return sourceFault('source.at_not_found', location, what, { hint: AT_HINT })
  }
  const what = `expected the records in ${where}, an array or an object of them, found ${found} there`
  return sourceFault('source.at_not_records', location, what, { hint: AT_HINT })
}

/** A step of the pointer stands twice in its object, so that the records read may not be those another reader sees. */
export function duplicatePathFault(
  location: SourceLocation,
  { pointer, depth }: { pointer: readonly string[]; depth: number },
): SourceError {
  const what = `the key ${JSON.stringify(pointer[depth])}, on the path that 'at' names, stands there a second time`
  return sourceFault('source.duplicate_path', location, what, {
    hint: 'JSON.parse would take the last one alone: remove one of them, or join them.',
  })
}

function place(pointer: readonly string[], depth: number): string {
  return depth === 0 ? 'the root' : formatJsonPointer(pointer.slice(0, depth))
}

function scalarKind(firstByte: number): string {
  switch (String.fromCharCode(firstByte)) {
    case '"':
      return 'a string'
    case 't':
    case 'f':
      return 'a boolean'
    case 'n':
      return 'null'
    default:
      return 'a number'
  }
}
