import type { SourceError, SourceLocation } from '../../errors.js'
import { sourceFault } from '../source-fault.js'
import type { EncodingFault } from './utf8-gate.js'

/** What the operator is told of a text that is not UTF-8. */
export function encodingFault(fault: EncodingFault, location: SourceLocation): SourceError {
  if (fault === 'utf16') {
    return sourceFault('source.utf16', location, 'expected UTF-8, found UTF-16', {
      hint: 'Convert the file: iconv -f UTF-16 -t UTF-8 old.json > new.json',
    })
  }
  return sourceFault('source.invalid_utf8', location, 'expected UTF-8, found a byte that is none', {
    hint: 'Convert the file from the encoding it has, for example: iconv -f WINDOWS-1252 -t UTF-8 old.json > new.json',
  })
}
