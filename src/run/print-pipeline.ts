import type { CompiledChild, CompiledMapping, CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { nameOfTable } from '../pipeline/referred-table.js'
import type { PrintedChild, PrintedPipeline } from './command-reports.js'

/** A pipeline's definition as JSON: functions by a word, pipelines by their name. */
export function printPipeline(pipeline: CompiledPipeline): PrintedPipeline {
  return {
    name: pipeline.name,
    file: pipeline.file,
    target: pipeline.targetName,
    source: typeof pipeline.source === 'function' ? '(function)' : pipeline.source,
    key: typeof pipeline.key === 'function' ? '(function)' : pipeline.key,
    match: pipeline.match,
    policies: pipeline.policies,
    limits: pipeline.limits,
    ...(pipeline.environments !== undefined && { environments: [...pipeline.environments] }),
    columns: printColumns(pipeline),
    ...(pipeline.children.length === 0 ? {} : { children: pipeline.children.map(printChild) }),
    needs: [...pipeline.needs],
  }
}

function printChild(child: CompiledChild): PrintedChild {
  return {
    name: child.name,
    each: child.each ?? null,
    target: child.targetName,
    key: typeof child.key === 'function' ? '(function)' : child.key,
    match: child.match,
    columns: printColumns(child),
    ...(child.children.length === 0 ? {} : { children: child.children.map(printChild) }),
  }
}

function printColumns({ columns }: CompiledMapping): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column.property, printable(column.rule)]))
}

function printable(rule: object): unknown {
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]) => {
      if (typeof value === 'function') return [key, '(function)']
      if (key === 'pipeline' && typeof value === 'object') return [key, (value as { name: string }).name]
      if (key === 'table') return [key, nameOfTable(value)]
      return [
        key,
        typeof value === 'object' && value !== null && 'normalize' in value
          ? { ...value, normalize: '(function)' }
          : value,
      ]
    }),
  )
}
