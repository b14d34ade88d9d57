/**
 * carryover: legacy JSON into a new relational schema, and again on every deploy.
 *
 * What pipeline files need, and every command as a function.
 */
export {
  definePipeline,
  type Pipeline,
  type PipelineDefinition,
  type PipelineSource,
} from './pipeline/define-pipeline.js'
export { defineConfig, type Bookkeeping, type Config } from './pipeline/define-config.js'
export type { ChildColumns, Columns, ColumnSource } from './pipeline/columns/columns.js'
export { child, type Child, type ChildDefinition } from './pipeline/child.js'
export { clean } from './pipeline/columns/clean.js'
export { constant } from './pipeline/columns/constant.js'
export { date, type DateOptions } from './pipeline/columns/date.js'
export { decimal, type DecimalOptions } from './pipeline/columns/decimal.js'
export { extendedJson } from './pipeline/extended-json.js'
export { json } from './pipeline/columns/json.js'
export { legacyEnum, type LegacyEnum, type LegacyEnumOptions } from './pipeline/columns/legacy-enum.js'
export { onChange } from './pipeline/columns/on-change.js'
export { onInsert } from './pipeline/columns/on-insert.js'
export { parent } from './pipeline/columns/parent.js'
export { reference, type ReferenceOptions, type TableReferenceOptions } from './pipeline/columns/reference.js'
export { timestamp, type TimestampOptions } from './pipeline/columns/timestamp.js'
export { uuidFrom } from './pipeline/columns/uuid-from.js'
export type { Limits, Policies } from './pipeline/policies.js'

export {
  check,
  doctor,
  inspect,
  migrate,
  plan,
  rejects,
  run,
  runs,
  sequences,
  status,
  undo,
  unlock,
  verify,
} from './commands.js'
export type { DoctorOptions } from './run/doctor.js'
export type { Finding } from './doctor/diagnose.js'
export type { Severity } from './doctor/check.js'
export type { InspectOptions } from './run/inspect.js'
export type { MigrateOptions } from './run/migrate.js'
export type { RejectsOptions } from './run/rejects.js'
export type { RunsOptions } from './run/runs.js'
export type { SequencesOptions } from './run/sequences.js'
export type { UndoOptions } from './run/undo.js'
export type { UnlockOptions } from './run/unlock.js'
export type {
  CheckedPipeline,
  CheckReport,
  DoctorReport,
  InspectReport,
  LeaseReport,
  ListedRun,
  ListedSequence,
  MigrateReport,
  PrintedPipeline,
  Problem,
  RejectsReport,
  RunsReport,
  SequencesReport,
  StatusReport,
  ToldReject,
  ToldRejectGroup,
  UndoReport,
  UnlockReport,
} from './run/command-reports.js'
export type {
  ApplyOptions,
  CheckOptions,
  CommonOptions,
  PlanOptions,
  Progress,
  RunOptions,
  Waiting,
} from './run/options.js'
export type {
  EnumReport,
  Outcomes,
  PipelineReport,
  PlannedChange,
  RejectGroup,
  RunReport,
  VerificationCheck,
  Warning,
  WarningCode,
} from './run/run-report.js'
export type { PipelineProfile, RunProfile, StageTime } from './run/profiler.js'
export type { Stage } from './run/stage.js'
export type { Lease, LockState } from './target/lease.js'
export type { RejectCode } from './record/reject.js'
export {
  CarryoverError,
  DefinitionError,
  LimitError,
  LockedError,
  SourceError,
  StaleError,
  TargetError,
  UsageError,
} from './errors.js'
