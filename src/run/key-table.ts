import { hash } from 'node:crypto'

/** Numbers by text. */
export interface KeyTable {
  get(text: string): number | undefined
  /** Gives a text its number, unless it has one; answers the one that it has. @param number from 0 to 2^32 - 2 */
  add(text: string, number: number): number
}

/** Where a text is or would be. */
interface Place {
  readonly slots: Uint32Array
  readonly at: number
}

/** Each part of the table grows by itself, so that never much more is reserved than is used. */
const parts = 256
const firstSlots = 4
/** Three words of the hash, and the number plus one: 0 where the slot is free. */
const slotWords = 4
const fullest = 0.75
const growth = 1.5

/**
 * An empty table. It keeps 96 bits of a hash instead of the text: 16 bytes, of which a quarter to a half again are free. Two of a
 * billion texts have the same hash once in 10^11 tables.
 */
export function newKeyTable(): KeyTable {
  const table = Array.from({ length: parts }, (): Uint32Array | undefined => undefined)
  const used = new Uint32Array(parts)
  return {
    get: (text) => {
      const words = wordsOf(text)
      const slots = table[partOf(words)]
      if (slots === undefined) return undefined
      return numberAt(find(slots, words))
    },
    add: (text, number) => {
      const words = wordsOf(text)
      const part = partOf(words)
      const place = find((table[part] ??= new Uint32Array(firstSlots * slotWords)), words)
      const known = numberAt(place)
      if (known !== undefined) return known
      put(place, words, number)
      const inUse = ((used[part] as number) += 1)
      if ((inUse + 1) * slotWords > fullest * place.slots.length) table[part] = grown(place.slots)
      return number
    },
  }
}

type Words = readonly [number, number, number]

function wordsOf(text: string): Words {
  // UTF-8 has no lone surrogates, and no byte FF.
  const bytes = hash('sha256', text.isWellFormed() ? text : Buffer.from(`\uffff${text}`, 'utf16le'), 'buffer')
  return [bytes.readUInt32LE(0), bytes.readUInt32LE(4), bytes.readUInt32LE(8)]
}

function partOf([first]: Words): number {
  return first % parts
}

function numberAt({ slots, at }: Place): number | undefined {
  const kept = slots[at + 3] as number
  return kept === 0 ? undefined : kept - 1
}

/** The slot of a hash, or the free one that it would take: there is always one. */
function find(slots: Uint32Array, [first, second, third]: Words): Place {
  const length = slots.length
  let at = (second % (length / slotWords)) * slotWords
  while (slots[at + 3] !== 0 && !(slots[at] === first && slots[at + 1] === second && slots[at + 2] === third))
    at = at + slotWords === length ? 0 : at + slotWords
  return { slots, at }
}

function put({ slots, at }: Place, words: Words, number: number): void {
  slots.set(words, at)
  slots[at + 3] = number + 1
}

function grown(slots: Uint32Array): Uint32Array {
  const larger = new Uint32Array(Math.ceil((slots.length / slotWords) * growth) * slotWords)
  for (let at = 0; at < slots.length; at += slotWords) {
    const kept = slots[at + 3] as number
    if (kept === 0) continue
    const words = [slots[at], slots[at + 1], slots[at + 2]] as unknown as Words
    put(find(larger, words), words, kept - 1)
  }
  return larger
}
