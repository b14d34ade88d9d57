import type { CompiledMapping } from '../pipeline/compiled-pipeline.js'
import { ruleFields } from '../record/rule-fields.js'
import { takesPlainFields } from '../record/takes-plain-fields.js'
import { isSensitive } from './is-hidden.js'
import type { Settings } from './settings.js'

/** How much of a pipeline's rejected records the ledger may keep; `fields`: what is left out. */
export type Keeping =
  | { readonly kind: 'all' }
  | { readonly kind: 'without'; readonly fields: ReadonlySet<string> }
  | { readonly kind: 'nothing' }

const all: Keeping = { kind: 'all' }
const nothing: Keeping = { kind: 'nothing' }

/**
 * What the settings allow to keep of a pipeline's records: without the fields that feed sensitive columns, and nothing where
 * it cannot be told which those are, or no values are to be stored at all.
 */
export function keepingOf(
  pipeline: CompiledMapping,
  { sensitive, storeValues }: Pick<Settings, 'sensitive' | 'storeValues'>,
): Keeping {
  if (!storeValues) return nothing
  if (sensitive.size === 0) return all
  const fields = new Set<string>()
  if (!collect(pipeline, undefined)) return nothing
  return fields.size === 0 ? all : { kind: 'without', fields }

  /**
   * Adds the fields that feed the sensitive columns of a mapping; false where they are not known.
   * @param holder the field of the record in which all that the mapping reads stands; undefined for the record itself
   */
  function collect(mapping: CompiledMapping, holder: string | undefined): boolean {
    for (const column of mapping.columns) {
      if (!isSensitive(mapping, column, sensitive)) continue
      const read = ruleFields(column.rule)
      if (read === undefined || !takesPlainFields(mapping.schema)) return false
      if (read.some((field) => field === '$value' || field === '$parent')) return false
      for (const field of read) fields.add(holder ?? field)
    }
    return mapping.children.every((child) => {
      const within = holder ?? child.each
      const before = fields.size
      if (!collect(child, within)) return false
      // The list is found under its name in what the schema made of the record.
      return fields.size === before || takesPlainFields(mapping.schema)
    })
  }
}
