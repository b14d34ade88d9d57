import type { SourceError, SourceLocation } from '../../errors.js'
import { sourceFault } from '../source-fault.js'
import type { EncodingFault } from './utf8-gate.js'

/** What the operator is told of a text that is not UTF-8. */
export function encodingFault(fault: EncodingFault, location: SourceLocation): SourceError {
  if (fault === 'invalid_utf8') {
    return sourceFault('source.invalid_utf8', location, 'expected UTF-8, found a byte that is none', {
      hint: 'Convert the file from the encoding it has, for example: iconv -f WINDOWS-1252 -t UTF-8 old.json > new.json',
    })
  }
  const code = fault.startsWith('UTF-16') ? 'source.utf16' : 'source.utf32'
  return sourceFault(code, location, `expected UTF-8, found ${fault}`, {
    hint: `Convert the file: iconv -f ${fault} -t UTF-8 old.json > new.json`,
  })
}
