import type { Carrier } from './carrier.js'
import { encodeColumn } from './encode-record.js'
import type { PreparedPipeline } from './prepared-pipeline.js'
import type { EncodedLegacy } from './records.js'
import { elementsOf } from './resolve-family.js'

/** Children of one kind, and what each hangs on. */
export interface PlacedChildren {
  /** Numbered from 0. */
  readonly elements: readonly EncodedLegacy[]
  carrierOf(element: { readonly ordinal: number }): Carrier
}

/** The children of one kind with the keys of the rows above in their columns. */
export function placeChildren(
  child: PreparedPipeline,
  kind: number,
  carriers: readonly Carrier[],
): PlacedChildren {
  const { elements, holders } = elementsOf(
    carriers.map((carrier) => carrier.record),
    kind,
  )
  const byRecord = new Map(carriers.map((carrier) => [carrier.record, carrier]))
  const carrierOf: PlacedChildren['carrierOf'] = ({ ordinal }) =>
    byRecord.get(holders[ordinal] as EncodedLegacy) as Carrier
  const above = child.columns.flatMap((column, index) =>
    column.rule.kind === 'parent' ? [{ column, index, levels: column.rule.levels }] : [],
  )
  if (above.length === 0) return { elements, carrierOf }
  const withKeys = elements.map((element) => {
    const texts = [...element.texts]
    for (const { column, index, levels } of above) {
      const encoded = encodeColumn(column, carrierOf(element).rowKeys[levels - 1])
      texts[index] = 'text' in encoded ? encoded.text : null
    }
    return { ...element, texts }
  })
  return { elements: withKeys, carrierOf }
}
