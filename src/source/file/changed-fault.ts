import { SourceError } from '../../errors.js'

/** A file that is not what it was when it was read through. */
export function changedFault(displayPath: string): SourceError {
  return new SourceError('source.changed', `${displayPath} changed after it was read through`, {
    hint: 'Run again when nobody writes to the file any more; write exports under another name, then rename them.',
  })
}
