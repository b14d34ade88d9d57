import { z } from 'zod'
import { longestText } from '../record/longest-text.js'
import type { Limits, Policies } from './policies.js'

/** Columns that carryover keeps, by their properties in the drizzle tables. */
export interface Bookkeeping {
  /** When carryover inserted the row. */
  createdAt?: string | undefined
  /** When carryover inserted or changed it last. */
  updatedAt?: string | undefined
  /** A whole number: 1 in a new row, one more with each change; an update is made only where it is what was read. */
  version?: string | undefined
  /** When the row was deleted, null while it is not: what `missing: 'soft-delete'` sets, and takes back when the record returns. */
  deletedAt?: string | undefined
}

/** The configuration of a project, `carryover.config.ts`. Everything is optional. */
export interface Config {
  /** Globs of pipeline files, relative to this file. Default `pipelines/*.ts`. */
  pipelines?: string | readonly string[]
  /** Database URL. Better left to the environment where it holds a password. */
  database?: string
  /** Certificates of who may have signed that of the Postgres server: a file in PEM form, relative to this file, or `'system'`. */
  sslCa?: string
  /** Folder of drizzle-kit's migrations, relative to this file. Default `drizzle`. */
  migrations?: string
  /** Globs of the files that declare the tables. Default: the tables that the pipelines write to. */
  schema?: string | readonly string[]
  /** Policies of every pipeline that does not choose its own. */
  policies?: Policies
  /** Limits of every pipeline that does not choose its own. */
  limits?: Limits
  /** Records per batch. */
  batch?: number
  /** Connections to the database that may work at the same time. Default 2. */
  parallel?: number
  timeouts?: {
    /** The longest a statement waits for somebody else's lock, in milliseconds. Default 10,000. */
    lockMs?: number
    /** The longest a statement may take, in milliseconds. Default 0: no limit. */
    statementMs?: number
    /** The longest that opening a connection may take, in milliseconds. Default 15,000. */
    connectMs?: number
    /** How long what passes by itself is tried again before the run fails, in milliseconds. Default 60,000. */
    retryMs?: number
    /** The longest a run may take, in milliseconds. Default: no limit. */
    runMs?: number
  }
  /** Columns that every table may have and carryover keeps, by the names of their properties in the drizzle tables. */
  bookkeeping?: Bookkeeping
  /** Columns whose values are never shown, `pipeline.column`: `['users.email']`. */
  sensitive?: readonly string[]
  /** False: the ledger keeps no copy of the records that are rejected, and no message that quotes one. Default true. */
  storeValues?: boolean
}

/** The configuration itself: type-checked, nothing is run. */
export function defineConfig(config: Config): Config {
  return config
}

const text = z.union([z.string().min(1), z.array(z.string().min(1)).readonly()])
const milliseconds = z.number().int().nonnegative()

const property = z.string().min(1).optional()

/** What a project's choices may be, for pipelines and configuration alike. */
export const policiesSchema = z.strictObject({
  adopt: z.enum(['update', 'keep', 'reject']).optional(),
  edited: z.enum(['keep', 'overwrite', 'reject']).optional(),
  duplicates: z.enum(['reject', 'first', 'last']).optional(),
  deleted: z.enum(['leave', 'recreate']).optional(),
  missing: z.enum(['keep', 'soft-delete', 'delete']).optional(),
  atomic: z.enum(['record', 'pipeline', 'run']).optional(),
})

const countOrShare = z.union([
  z.number().int().nonnegative(),
  z.string().regex(/^\d+(\.\d+)?%$/, "expected a whole number or a share such as '1%'"),
])

/** How much may go wrong, as people write it. */
export const limitsSchema = z.strictObject({
  rejects: countOrShare.optional(),
  removals: countOrShare.optional(),
  truncated: z.enum(['refuse', 'apply']).optional(),
  // A record is parsed as one text.
  recordBytes: z.number().int().positive().max(longestText).optional(),
})

/** Where a pipeline may run: at least one name, so that nobody is locked out by mistake. */
export const environmentsSchema = z.array(z.string().min(1)).min(1).readonly().optional()

/** The configuration as it must be; unknown keys are refused. */
export const configSchema = z.strictObject({
  pipelines: text.optional(),
  database: z.string().min(1).optional(),
  sslCa: z.string().min(1).optional(),
  migrations: z.string().min(1).optional(),
  schema: text.optional(),
  policies: policiesSchema.optional(),
  limits: limitsSchema.optional(),
  batch: z.number().int().positive().optional(),
  parallel: z.number().int().positive().optional(),
  timeouts: z
    .strictObject({
      lockMs: milliseconds.optional(),
      statementMs: milliseconds.optional(),
      connectMs: milliseconds.optional(),
      retryMs: milliseconds.optional(),
      runMs: milliseconds.optional(),
    })
    .optional(),
  bookkeeping: z
    .strictObject({ createdAt: property, updatedAt: property, version: property, deletedAt: property })
    .optional(),
  sensitive: z
    .array(z.string().regex(/^[^.]+\..+$/, "expected 'pipeline.column'"))
    .readonly()
    .optional(),
  storeValues: z.boolean().optional(),
})
