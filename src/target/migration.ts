import type { Table } from 'drizzle-orm'

/** Where the schema of the target is declared. */
export interface MigrationFiles {
  /** The folder drizzle-kit writes, absolute; `undefined` when the project has none. */
  readonly folder: string | undefined
  /** The drizzle tables: what the SQLite twin is derived from. */
  readonly tables: readonly Table[]
}

/** One migration that is not applied yet. */
export interface PendingMigration {
  /** `0001_add_tools`, or `twin` for tables derived from a Postgres schema. */
  readonly name: string
  readonly statements: readonly string[]
}

/** How the database stands to the declared schema. */
export interface MigrationState {
  readonly applied: readonly string[]
  readonly pending: readonly PendingMigration[]
  /** Applied migrations whose file was edited afterwards. */
  readonly changed: readonly string[]
  /** Applied migrations that no file of the folder is, by the moment they were generated: drizzle notes no name. */
  readonly unknown: readonly string[]
  /** Why nothing of it can be applied, where only that is told. */
  readonly refusal?: { readonly message: string; readonly hint: string | undefined }
}
