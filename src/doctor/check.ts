import type { Table } from 'drizzle-orm'
import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import type { MigrationState } from '../target/migration.js'
import type { Audit, Survey } from '../target/survey.js'

/** `error`: data is lost or refused sooner or later · `warning`: it will hurt · `info`: good to know. */
export type Severity = 'error' | 'warning' | 'info'

/** What an audit has in its hands. */
export interface Patient {
  readonly survey: Survey
  /** Asks the rows themselves. */
  readonly audit: Audit
  /** Every drizzle table that the schema files and the pipelines know. */
  readonly declared: readonly Table[]
  readonly pipelines: readonly CompiledPipeline[]
  readonly migrations: MigrationState
  readonly project: ProjectFiles
}

/** The files of a project as far as an audit reads them. */
export interface ProjectFiles {
  /** The folder that paths are shown relative to; absolute. */
  readonly dir: string
  /** Files by their path relative to it, with their text: configuration, pipelines, schema, `.env*`. */
  readonly texts: ReadonlyMap<string, string>
  /** Files of them that the version control knows of, undefined where there is none. */
  readonly tracked: ReadonlySet<string> | undefined
}

/** One thing that a check has found. */
export interface Found {
  /** What it is about, for people, and for the baseline: `users.id`, `users_team_id_fkey`, `.env.example`. */
  readonly object: string
  /** What was found, one sentence. */
  readonly message: string
  /** Why it matters here, where that is not what the check says. */
  readonly why?: string
  /** Statements that mend it, in their order, each with its semicolon; none where no statement can. Nothing runs them. */
  readonly sql?: readonly string[]
  /** What those statements lock, and for how long. */
  readonly locks?: string
  /** What to do where no statement mends it, or before one does. */
  readonly hint?: string
  /** The file it stands in, relative to the project. */
  readonly file?: string
  /** Graver or less grave than the check's own. */
  readonly severity?: Severity
}

/** One check of the audit. */
export interface Check {
  /** Lasts: `sequence.behind`. */
  readonly code: string
  readonly severity: Severity
  /** Why a finding matters, one sentence. */
  readonly why: string
  /**
   * Left out unless asked for. `probe` tries inserts and rolls them back; `data` reads whole tables; `portable` asks for what only
   * one engine has.
   */
  readonly when?: 'probe' | 'data' | 'portable'
  /** True when it compares with declared tables: without any there is nothing to compare. */
  readonly needsSchema?: true
  /** True when it reads files alone: asked for by itself it needs no database. */
  readonly isOffline?: true
  find(patient: Patient): readonly Found[] | Promise<readonly Found[]>
}
