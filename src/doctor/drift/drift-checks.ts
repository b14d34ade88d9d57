import { driftCheckMissing } from '../checks/drift-check-missing.js'
import { driftColumnMissing } from '../checks/drift-column-missing.js'
import { driftColumnType } from '../checks/drift-column-type.js'
import { driftColumnUnknown } from '../checks/drift-column-unknown.js'
import { driftDefault } from '../checks/drift-default.js'
import { driftForeignKeyMissing } from '../checks/drift-foreign-key-missing.js'
import { driftIndexMissing } from '../checks/drift-index-missing.js'
import { driftKey } from '../checks/drift-key.js'
import { driftNullable } from '../checks/drift-nullable.js'
import { driftTableMissing } from '../checks/drift-table-missing.js'
import { driftTableUnknown } from '../checks/drift-table-unknown.js'
import { driftUniqueMissing } from '../checks/drift-unique-missing.js'
import type { DriftCheck } from './drift-check.js'

/** Every way in which schema and database are compared. */
export const driftChecks: readonly DriftCheck[] = [
  driftTableMissing,
  driftColumnMissing,
  driftColumnType,
  driftNullable,
  driftDefault,
  driftKey,
  driftUniqueMissing,
  driftForeignKeyMissing,
  driftCheckMissing,
  driftIndexMissing,
  driftColumnUnknown,
  driftTableUnknown,
]
