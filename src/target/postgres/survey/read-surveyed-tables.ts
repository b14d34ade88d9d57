import { labelListOf } from '../../label-list.js'
import type { DeleteAction, SurveyedTable } from '../../survey.js'
import { parseColumnType } from '../../value/parse-column-type.js'
import { readAllUniqueKeys } from '../read-unique-keys.js'
import type { Session } from '../session.js'
import { describedTableSql, type DescribedTable } from './described-table-sql.js'
import { calledSql, isOwn, isSurveyed, quotedSql } from './surveyed-schemas.js'

/** Every table, by name: partitions are their parents' business, views hold no rows. */
export async function readSurveyedTables(
  session: Session,
  schemas: readonly string[],
): Promise<SurveyedTable[]> {
  const isVisible = 'pg_table_is_visible(c.oid)'
  const rows = await session.query(
    `select c.oid::text as oid, n.nspname as schema,
            ${calledSql('c.relname', isVisible)} as name, ${quotedSql('c.relname', isVisible)} as sql,
            has_schema_privilege(n.oid, 'usage')::text as may_use_schema, row_security_active(c.oid)::text as hides_rows,
            (c.relkind = 'p')::text as partitioned,
            has_table_privilege(c.oid, 'select')::text as may_select,
            (has_table_privilege(c.oid, 'insert') or has_any_column_privilege(c.oid, 'insert'))::text as may_insert,
            (has_table_privilege(c.oid, 'update') or has_any_column_privilege(c.oid, 'update'))::text as may_update,
            has_table_privilege(c.oid, 'delete')::text as may_delete,
            ${describedTableSql}::text as described
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and ${isSurveyed('$1')} and ${isOwn('c.oid', 'pg_class')}
      order by 3`,
    [schemas],
  )
  const uniqueKeys = await readAllUniqueKeys(
    session,
    rows.map((row) => row['oid'] as string),
  )
  const tables: SurveyedTable[] = []
  for (const row of rows) {
    const { columns, constraints, indexes } = JSON.parse(row['described'] as string) as DescribedTable
    const may = (what: string) => row['may_use_schema'] === 'true' && row[`may_${what}`] === 'true'
    const checks = constraints
      .filter(({ kind }) => kind === 'c')
      .map(({ name, columns: read, expression }) => ({
        name,
        columns: read,
        expression: expression as string,
      }))
    const primaryKey = constraints.find(({ kind }) => kind === 'p')
    tables.push({
      name: row['name'] as string,
      sql: row['sql'] as string,
      schema: row['schema'] as string,
      partitioned: row['partitioned'] === 'true',
      columns: columns.map((column) => ({
        name: column.name,
        sql: column.sql,
        declared: column.declared,
        type: parseColumnType(column.declared, column.labels ?? undefined),
        domain: column.domain,
        retypable: column.retypable,
        enumName: column.enum,
        nullable: column.nullable,
        defaultSql: column.generated ? undefined : (column.default ?? undefined),
        identity: column.identity === 'a' ? 'always' : column.identity === 'd' ? 'by default' : undefined,
        generated: column.generated,
        foldsCase: column.folds,
      })),
      primaryKey: primaryKey === undefined ? null : { name: primaryKey.name, columns: primaryKey.columns },
      uniqueKeys: uniqueKeys.get(row['oid'] as string) ?? [],
      foreignKeys: constraints
        .filter(({ kind }) => kind === 'f')
        .map((key) => ({
          name: key.name,
          columns: key.columns,
          parent: key.parent as string,
          parentSql: key.parent_sql as string,
          parentColumns: key.parent_columns as string[],
          onDelete: deleteActions[key.on_delete] as DeleteAction,
          deferrable: key.deferrable,
          definition: key.definition,
          enforced: key.validated,
          notValid: !key.validated && key.is_enforced,
        })),
      checks,
      labelLists: checks.flatMap((check) => labelListOf(check, check.name) ?? []),
      indexes: indexes.map(({ is_constraint, predicate, ...index }) => ({
        ...index,
        isConstraint: is_constraint,
        predicate: predicate ?? undefined,
      })),
      hidesRows: row['hides_rows'] === 'true',
      may: {
        useSchema: row['may_use_schema'] === 'true',
        select: may('select'),
        insert: may('insert'),
        update: may('update'),
        delete: may('delete'),
      },
    })
  }
  return tables
}

/** https://www.postgresql.org/docs/current/catalog-pg-constraint.html, confdeltype */
const deleteActions: Readonly<Record<string, DeleteAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}
