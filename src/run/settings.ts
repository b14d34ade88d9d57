import { resolve } from 'node:path'
import type { Bookkeeping } from '../pipeline/define-config.js'
import type { LoadedConfig } from '../pipeline/load-config.js'
import type { Limits, ParsedPolicies, Policies } from '../pipeline/policies.js'
import type { TlsOptions } from '../target/target.js'
import { environmentName } from './environment.js'
import type { RunOptions } from './options.js'

/** Options, configuration and environment, every choice made. */
export interface Settings {
  readonly cwd: string
  /** `production`, `development`; undefined when nobody says. */
  readonly environment: string | undefined
  readonly databaseUrl: string
  readonly pipelineGlobs: readonly string[]
  /** The folder that `pipelineGlobs` start from. */
  readonly pipelineDir: string
  readonly schemaGlobs: readonly string[]
  /** Undefined when there is none. */
  readonly configFile: string | undefined
  /** Its folder, or the working directory. */
  readonly configDir: string
  readonly migrationsFolder: string
  readonly only: readonly string[]
  readonly policies: Policies
  readonly limits: Limits
  readonly bookkeeping: Bookkeeping
  /** Undefined: what suits the engine. */
  readonly batchRecords: number | undefined
  /** How many connections to the database may work at the same time. */
  readonly connections: number
  readonly waitMs: number
  /** Every record is mapped, also those that are what they were. */
  readonly full: boolean
  /** Definitions that are older than the last run's may run. */
  readonly allowOlder: boolean
  readonly lockTimeoutMs: number
  readonly statementTimeoutMs: number
  readonly connectTimeoutMs: number
  readonly retryMs: number
  readonly tls: TlsOptions
  readonly timeoutMs: number | undefined
  readonly sensitive: ReadonlySet<string>
  /** The ledger may keep the records that are rejected. */
  readonly storeValues: boolean
  readonly showValues: boolean
}

/** Merges what was given: options first, then the configuration, then the environment, then the defaults. */
export function settle(
  options: RunOptions & { policies?: Partial<ParsedPolicies> },
  loaded: LoadedConfig,
): Settings {
  const { config, dir } = loaded
  const cwd = options.cwd ?? process.cwd()
  const env = options.env ?? process.env
  const globs = options.pipelines ?? config.pipelines ?? 'pipelines/*.ts'
  return {
    cwd,
    environment: environmentName(env),
    databaseUrl: databaseUrl(options.database, config.database, env),
    pipelineGlobs: listOf(globs),
    pipelineDir: options.pipelines === undefined ? dir : cwd,
    schemaGlobs: listOf(config.schema ?? []),
    configFile: loaded.file,
    configDir: dir,
    migrationsFolder: resolve(dir, config.migrations ?? 'drizzle'),
    only: options.only ?? [],
    policies: { ...config.policies, ...options.policies },
    limits: config.limits ?? {},
    bookkeeping: config.bookkeeping ?? {},
    batchRecords: options.batch ?? config.batch,
    connections: options.parallel ?? config.parallel ?? 2,
    waitMs: options.waitMs ?? 0,
    full: options.full ?? false,
    allowOlder: options.allowOlder ?? false,
    lockTimeoutMs: options.lockTimeoutMs ?? config.timeouts?.lockMs ?? 10_000,
    statementTimeoutMs: options.statementTimeoutMs ?? config.timeouts?.statementMs ?? 0,
    connectTimeoutMs: config.timeouts?.connectMs ?? 15_000,
    retryMs: config.timeouts?.retryMs ?? 60_000,
    tls: tlsOptions(options.sslCa ?? inFolder(dir, config.sslCa), cwd, env),
    timeoutMs: options.timeoutMs ?? config.timeouts?.runMs,
    sensitive: new Set(config.sensitive ?? []),
    storeValues: options.storeValues ?? config.storeValues ?? true,
    showValues: options.showValues ?? false,
  }
}

/** `--database` > configuration > CARRYOVER_DATABASE_URL > DATABASE_UNPOOLED_URL > DATABASE_URL > a SQLite file. */
function databaseUrl(
  option: string | undefined,
  config: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const given = [
    option,
    config,
    env['CARRYOVER_DATABASE_URL'],
    env['DATABASE_UNPOOLED_URL'],
    env['DATABASE_URL'],
  ]
  return given.find((url) => url !== undefined && url !== '') ?? 'sqlite:./carryover.sqlite'
}

/** Paths that people give start from where they stand; the environment says the rest, as it does to psql. */
function tlsOptions(
  ca: string | undefined,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): TlsOptions {
  return {
    ca: ca === undefined || ca === 'system' ? ca : resolve(cwd, ca),
    mode: env['PGSSLMODE'] || undefined,
    rootCert: env['PGSSLROOTCERT'] || undefined,
    cert: env['PGSSLCERT'] || undefined,
    key: env['PGSSLKEY'] || undefined,
  }
}

function inFolder(dir: string, path: string | undefined): string | undefined {
  return path === undefined || path === 'system' ? path : resolve(dir, path)
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}
