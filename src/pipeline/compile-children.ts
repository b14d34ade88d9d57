import { getTableName, is, Table } from 'drizzle-orm'
import type { Child } from './child.js'
import { compileBookkeeping } from './compile-bookkeeping.js'
import type { Bookkeeping } from './define-config.js'
import { checkKey, checkMatch } from './check-definition.js'
import { compileColumns, fieldsOf, type Report } from './compile-columns.js'
import type { CompiledChild } from './compiled-pipeline.js'
import type { ParsedPolicies } from './policies.js'

/** What holds children: a pipeline, or a child. */
export interface ChildrenHolder {
  readonly name: string
  readonly record: Parameters<typeof fieldsOf>[0]
  readonly children?: readonly Child[]
}

/** The children of a pipeline or of a child with every choice made; what is wrong with them is reported. */
export function compileChildren(
  holder: ChildrenHolder,
  choices: { policies: ParsedPolicies; bookkeeping: Bookkeeping },
  report: Report,
  depth = 1,
): CompiledChild[] {
  const names = new Set<string>()
  const fields = fieldsOf(holder.record)
  return (holder.children ?? []).flatMap((definition) => {
    const name = `${holder.name}/${definition.name}`
    if (typeof definition.name !== 'string' || !/^[^/\s][^/]*$/.test(definition.name) || names.has(name)) {
      report('pipeline.child_name', `Each child of ${holder.name} needs a name of its own, without a slash.`)
      return []
    }
    names.add(name)
    if (!is(definition.target, Table)) {
      report('pipeline.target', `The target of ${name} is not a drizzle table.`)
      return []
    }
    if (definition.each !== undefined && fields !== undefined && !fields.has(definition.each)) {
      report(
        'pipeline.no_such_field',
        `The child ${name} reads the field ${definition.each}, which the record above does not have.`,
        `Its fields are ${[...fields].join(', ')}.`,
      )
    }
    const named = { ...definition, name }
    const key = definition.each === undefined ? (definition.key ?? []) : definition.key
    const own = fieldsOf(definition.record)
    const columns = compileColumns(named, own, report)
    for (const { property, rule } of columns) {
      if (rule.kind === 'parent' && !(rule.levels >= 1 && rule.levels <= depth)) {
        report(
          'pipeline.no_parent',
          `The column ${property} of ${name} asks for the row ${rule.levels} levels up, and there are ${depth}.`,
        )
      }
    }
    if (definition.each !== undefined || definition.key !== undefined) checkKey(named, own, report)
    checkMatch(named, report)
    return [
      {
        name,
        label: definition.each ?? definition.name,
        each: definition.each,
        schema: definition.record,
        key: typeof key === 'string' ? [key] : (key ?? []),
        target: definition.target,
        targetName: getTableName(definition.target),
        columns,
        match: definition.match ?? 'every-unique',
        policies: choices.policies,
        // What hangs on a record goes with it: its rows are deleted, not marked.
        bookkeeping: compileBookkeeping(definition.target, definition.columns, {
          ...choices.bookkeeping,
          deletedAt: undefined,
        }),
        children: compileChildren(named, choices, report, depth + 1),
      },
    ]
  })
}

/** A child and all that hang on it. */
export function withDescendants(children: readonly CompiledChild[]): CompiledChild[] {
  return children.flatMap((child) => [child, ...withDescendants(child.children)])
}
