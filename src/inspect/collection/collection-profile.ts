import type { SourceFormat } from '../../source/source-definition.js'
import type { FieldProfile } from '../field/field-profile.js'
import type { KeyCandidate } from '../relation/key-candidate.js'
import type { ReferenceProfile } from './look-again.js'

/** What one list of records holds. */
export interface CollectionProfile {
  name: string
  source: {
    /** As it was given. */
    files: string
    /** JSON Pointer to the list; '' for the root. */
    at: string
    format: SourceFormat
    /** The files that were read to their end. */
    read: { path: string; bytes: number; sha256: string }[]
  }
  /** False when an error ended the reading: what follows is of the records before it. */
  complete: boolean
  records: number
  /** Records that are no objects. */
  notObjects: number
  fields: FieldProfile[]
  /** Fields, or pairs of fields where no field does, that may identify the records; the best first. */
  keys: KeyCandidate[]
  references: ReferenceProfile[]
}
