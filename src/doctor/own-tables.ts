import type { Survey, SurveyedTable } from '../target/survey.js'

/** The tables of the project itself: without those in which tools keep what they have done. */
export function ownTables({ tables }: Survey): SurveyedTable[] {
  return tables.filter((table) => !isOfTool(table))
}

function isOfTool(table: SurveyedTable): boolean {
  if (schemas.has(table.schema)) return true
  const name = bareName(table)
  if (name !== 'migrations') return isJournal(name)
  const columns = table.columns.map((column) => column.name)
  return migrationsTables.some(
    (known) => columns.length === known.length && known.every((column) => columns.includes(column)),
  )
}

/** True for a table in which a tool keeps which migrations were applied, whatever its columns are. */
export function isJournal(name: string): boolean {
  return journals.has(name.toLowerCase())
}

/** The name without its schema: `billing.invoices` → `invoices`. */
export function bareName({ name, schema }: SurveyedTable): string {
  return name.startsWith(`${schema}.`) ? name.slice(schema.length + 1) : name
}

/** Schemas that belong to a tool: graphile-worker, graphile-migrate, Hasura, pg-boss, pg_cron, Supabase. */
const schemas: ReadonlySet<string> = new Set(
  `graphile_migrate graphile_worker hdb_catalog pgboss cron supabase_migrations`.split(' '),
)

/** Where tools keep which migrations were applied, in lower case: the usual names of their own documentation. */
const journals: ReadonlySet<string> = new Set(
  `__drizzle_migrations _prisma_migrations schema_migrations ar_internal_metadata flyway_schema_history knex_migrations
  knex_migrations_lock kysely_migration kysely_migration_lock pgmigrations mikro_orm_migrations sequelizemeta sequelizedata
  typeorm_metadata alembic_version django_migrations databasechangelog databasechangeloglock __efmigrationshistory
  doctrine_migration_versions phinxlog goose_db_version gorp_migrations _sqlx_migrations __diesel_schema_migrations atlas_schema_revisions`.split(
    /\s+/,
  ),
)

/** The columns of a table `migrations` as TypeORM, Laravel and db-migrate make it. */
const migrationsTables = [
  ['id', 'timestamp', 'name'],
  ['id', 'migration', 'batch'],
  ['id', 'name', 'run_on'],
]
