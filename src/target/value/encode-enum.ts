import type { ColumnType } from './column-type.js'
import { kindPhrase, refuse, type Encoded } from './encoded.js'

/** A label of the enum, as it is. */
export function encodeEnum({ labels }: Extract<ColumnType, { kind: 'enum' }>, value: unknown): Encoded {
  if (typeof value === 'string' && labels.includes(value)) return { text: value }
  return refuse('type', labelsPhrase(labels), typeof value === 'string' ? 'another text' : kindPhrase(value))
}

/** How many labels fit a message. */
const LABELS_SHOWN = 12

function labelsPhrase(labels: readonly string[]): string {
  const more = labels.length - LABELS_SHOWN
  return `one of ${labels.slice(0, LABELS_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
