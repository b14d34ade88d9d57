import type { Table } from 'drizzle-orm'
import { withDescendants } from '../../pipeline/compile-children.js'
import type { CompiledPipeline } from '../../pipeline/compiled-pipeline.js'
import { referredTable } from '../../pipeline/referred-table.js'
import type { SurveyedTable } from '../../target/survey.js'
import type { Check, Found, Patient } from '../check.js'
import { quoteName } from '../quote.js'

type Right = 'select' | 'insert' | 'update' | 'delete'

/** A right that the pipelines need and the role of the connection lacks. */
export const privilegeMissing: Check = {
  code: 'privilege.missing',
  severity: 'error',
  why: 'A run fails at the first statement that needs the right.',
  find(patient) {
    const { role, ledgerGrants } = patient.survey.connection
    if (role === null) return []
    const needs = [...neededRights(patient)]
    const schemas = new Set(needs.filter(([table]) => !table.may.useSchema).map(([{ schema }]) => schema))
    return [
      ...(patient.pipelines.length === 0 || ledgerGrants.length === 0
        ? []
        : [describeLedger(role, ledgerGrants)]),
      ...[...schemas].map((schema) => describeSchema(schema, role)),
      ...needs.flatMap(([table, rights]) => {
        const missing = order.filter((right) => rights.has(right) && !table.may[right])
        return missing.length === 0 ? [] : [describeTable(table, missing, role)]
      }),
    ]
  },
}

const order: readonly Right[] = ['select', 'insert', 'update', 'delete']

/** What the pipelines do with each table that is there. */
function neededRights({ survey, pipelines }: Patient): Map<SurveyedTable, Set<Right>> {
  const needs = new Map<SurveyedTable, Set<Right>>()
  const need = (declared: Table | undefined, rights: readonly Right[]) => {
    const table = declared === undefined ? undefined : survey.tableOf(declared)
    if (table !== undefined) needs.set(table, new Set([...(needs.get(table) ?? []), ...rights]))
  }
  for (const pipeline of pipelines) {
    for (const { target, columns } of [pipeline, ...withDescendants(pipeline.children)]) {
      need(target, rightsOf(pipeline))
      for (const { rule } of columns) if (rule.kind === 'reference') need(referredTable(rule), ['select'])
    }
  }
  return needs
}

function rightsOf({ policies }: CompiledPipeline): Right[] {
  return ['select', 'insert', 'update', ...(policies.missing === 'delete' ? (['delete'] as const) : [])]
}

function describeLedger(role: string, grants: readonly string[]): Found {
  return {
    object: 'carryover',
    message: `The role ${role} may not keep the ledger in the schema carryover.`,
    sql: grants,
    ...granted('database'),
  }
}

function describeSchema(schema: string, role: string): Found {
  return {
    object: schema,
    message: `The role ${role} may not use the schema ${schema}.`,
    sql: [`GRANT USAGE ON SCHEMA ${quoteName(schema)} TO ${quoteName(role)};`],
    ...granted('schema'),
  }
}

function describeTable({ name, sql }: SurveyedTable, missing: readonly Right[], role: string): Found {
  const rights = missing.map((right) => right.toUpperCase()).join(', ')
  return {
    object: name,
    message: `The role ${role} may not ${rights} where the pipelines do.`,
    sql: [`GRANT ${rights} ON ${sql} TO ${quoteName(role)};`],
    ...granted('table'),
  }
}

function granted(what: string): Pick<Found, 'locks' | 'hint'> {
  return { locks: 'no rows', hint: `The owner of the ${what} or a superuser has to grant it.` }
}
