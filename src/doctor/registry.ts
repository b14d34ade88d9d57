import type { Check } from './check.js'
import { columnEnumInFact } from './checks/column-enum-in-fact.js'
import { columnWithoutTimestamps } from './checks/column-without-timestamps.js'
import { configSecret } from './checks/config-secret.js'
import { configUndocumented } from './checks/config-undocumented.js'
import { connectionPlain } from './checks/connection-plain.js'
import { connectionPooled } from './checks/connection-pooled.js'
import { connectionSuperuser } from './checks/connection-superuser.js'
import { enumDrift } from './checks/enum-drift.js'
import { enumNative } from './checks/enum-native.js'
import { foreignKeyCycle } from './checks/foreign-key-cycle.js'
import { foreignKeyNotValidated } from './checks/foreign-key-not-validated.js'
import { foreignKeyOrphans } from './checks/foreign-key-orphans.js'
import { foreignKeyWithoutIndex } from './checks/foreign-key-without-index.js'
import { foreignKeyWithoutOnDelete } from './checks/foreign-key-without-on-delete.js'
import { insertFails } from './checks/insert-fails.js'
import { keyNone } from './checks/key-none.js'
import { keyWithoutDefault } from './checks/key-without-default.js'
import { migrationBlocked } from './checks/migration-blocked.js'
import { migrationEdited } from './checks/migration-edited.js'
import { migrationPending } from './checks/migration-pending.js'
import { migrationUnknown } from './checks/migration-unknown.js'
import { nameGenerated } from './checks/name-generated.js'
import { nameReserved } from './checks/name-reserved.js'
import { nameStyle } from './checks/name-style.js'
import { portableTypeCheck } from './checks/portable-type.js'
import { privilegeMissing } from './checks/privilege-missing.js'
import { sequenceBehind } from './checks/sequence-behind.js'
import { sequenceExhausted } from './checks/sequence-exhausted.js'
import { sequenceNotOwned } from './checks/sequence-not-owned.js'
import { softDeleteUnique } from './checks/soft-delete-unique.js'
import { timestampWithoutZone } from './checks/timestamp-without-zone.js'
import { uniqueCase } from './checks/unique-case.js'
import { uniqueUnmatched } from './checks/unique-unmatched.js'
import { driftChecks } from './drift/drift-checks.js'

/** Every check there is, in the order they are made. A code that was given once means the same for ever. */
export const checks: readonly Check[] = [
  // Keys and sequences
  keyNone,
  keyWithoutDefault,
  sequenceBehind,
  sequenceExhausted,
  sequenceNotOwned,
  uniqueUnmatched,
  uniqueCase,
  softDeleteUnique,
  // References
  foreignKeyWithoutIndex,
  foreignKeyWithoutOnDelete,
  foreignKeyCycle,
  foreignKeyNotValidated,
  foreignKeyOrphans,
  // Columns
  columnWithoutTimestamps,
  timestampWithoutZone,
  enumDrift,
  enumNative,
  columnEnumInFact,
  portableTypeCheck,
  // Names
  nameGenerated,
  nameReserved,
  nameStyle,
  // Writing
  privilegeMissing,
  insertFails,
  // Schema file, migrations and database
  migrationBlocked,
  migrationPending,
  migrationEdited,
  migrationUnknown,
  ...driftChecks,
  // Surroundings
  connectionPooled,
  connectionPlain,
  connectionSuperuser,
  configUndocumented,
  configSecret,
]
