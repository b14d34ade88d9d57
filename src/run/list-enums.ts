import type { CompiledPipeline } from '../pipeline/compiled-pipeline.js'
import { reportedColumns } from '../pipeline/reported-columns.js'
import { enumOf } from '../record/enum-of.js'
import type { EnumColumnCounts, EnumCount, EnumCounts } from './enum-counts.js'
import { isHidden } from './is-hidden.js'
import type { EnumReport, Warning } from './run-report.js'
import type { Settings } from './settings.js'

/** Distinct values that a report lists per column. */
const listedValues = 1_000

/** Values that a warning names. */
const warningValues = 20

/** What each column made by an enum was made from, in the order of the columns. */
export function listEnums(
  pipeline: CompiledPipeline,
  counts: EnumCounts,
  settings: Pick<Settings, 'sensitive' | 'showValues'>,
): EnumReport[] {
  return reportedColumns(pipeline).flatMap(({ name, column, mapping }) => {
    const definition = enumOf(column.rule)
    if (definition === undefined) return []
    const counted = counts.get(name)
    const told = { column: name, enum: definition.name }
    if (counted === undefined) return [{ ...told, values: [] }]
    return [
      { ...told, ...(isHidden(mapping, column, settings) ? hiddenValues(counted) : listValues(counted)) },
    ]
  })
}

function listValues(counted: EnumColumnCounts): Pick<EnumReport, 'values' | 'more'> {
  const all = byCount([...counted.values.values()])
  const beyond = [...counted.rest.values()]
  const records =
    all.slice(listedValues).reduce((sum, { count }) => sum + count, 0) +
    beyond.reduce((sum, count) => sum + count, 0)
  const values = all.length - listedValues + (beyond.length > 0 ? 1 : 0)
  return {
    values: all.slice(0, listedValues).map(({ match: { legacy, via, value }, count }) => {
      return { legacy, count, via, value }
    }),
    ...(records === 0 ? {} : { more: { values, records } }),
  }
}

/** How many went which way, and no value. */
function hiddenValues(counted: EnumColumnCounts): Pick<EnumReport, 'values'> {
  const values = [...countsByVia(counted)].map(([via, count]) => {
    return { legacy: null, count, via, value: null, hidden: true as const }
  })
  return { values: values.toSorted((a, b) => b.count - a.count || (a.via < b.via ? -1 : 1)) }
}

const warned = ['normalized', 'alias', 'fallback'] as const

/** What is to be looked at: values that were not exactly one of today's, with those that occurred most. */
export function enumWarnings(
  pipeline: CompiledPipeline,
  counts: EnumCounts,
  settings: Pick<Settings, 'sensitive' | 'showValues'>,
): Warning[] {
  return reportedColumns(pipeline).flatMap(({ name, column, mapping }) => {
    const counted = counts.get(name)
    if (counted === undefined) return []
    const totals = countsByVia(counted)
    return warned.flatMap((via) => {
      const count = totals.get(via)
      if (count === undefined) return []
      const of = [...counted.values.values()].filter(({ match }) => match.via === via)
      const named = isHidden(mapping, column, settings) ? [] : byCount(of).slice(0, warningValues)
      return [
        {
          code: `enum_${via}`,
          count,
          column: name,
          ...(named.length === 0
            ? {}
            : {
                values: named.map(({ match }) => match.legacy ?? ''),
                counts: named.map((one) => one.count),
              }),
        },
      ]
    })
  })
}

function countsByVia(counted: EnumColumnCounts): EnumColumnCounts['rest'] {
  const counts = new Map(counted.rest)
  for (const { match, count } of counted.values.values())
    counts.set(match.via, (counts.get(match.via) ?? 0) + count)
  return counts
}

/** The most frequent first, then by their text; null before any text. */
function byCount(counts: readonly EnumCount[]): EnumCount[] {
  return counts.toSorted((a, b) => {
    const [left, right] = [a.match.legacy, b.match.legacy]
    if (a.count !== b.count) return b.count - a.count
    return left === null || (right !== null && left < right) ? -1 : 1
  })
}
