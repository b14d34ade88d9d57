import { hash } from 'node:crypto'

/** What was decided for the records of one pipeline, without a value of theirs. */
export interface Decided {
  /** Over every decision, in whatever order they came. */
  readonly digest: string
  /** Over the raw records, where a function gives them; null for files, which have hashes of their own. */
  readonly given: string | null
  /** The decisions of each record that is not left as it is, by the hash of its key; null when there are too many. */
  readonly records: ReadonlyMap<string, string> | null
}

/** Takes down what is decided for records, so that two plans can be compared. */
export interface Decisions {
  /**
   * @param key the legacy key, or the place of a record without one
   * @param facts what is decided, as JSON takes it: the same for the same decision, whatever the batches
   * @param isChange false for a record that is left as it is
   */
  note(pipeline: string, key: string, facts: readonly unknown[], isChange: boolean): void
  /** A raw record of a source that is a function. */
  noteGiven(pipeline: string, value: unknown): void
  decidedOf(pipeline: string): Decided
  /** The key behind a hash of `records`, or of those that were to be watched; undefined when no such record came. */
  keyOf(pipeline: string, keyHash: string): string | undefined
}

/** Records past which a pipeline keeps its digest alone. */
const mostRecords = 100_000

interface Notes {
  digest: bigint
  given: bigint | null
  records: Map<string, bigint> | null
  readonly keys: Map<string, string>
}

/**
 * Takes down decisions as salted hashes.
 * @param watched hashes of keys whose record is to be known by name, although it may be left as it is
 */
export function newDecisions(
  salt: string,
  watched: (pipeline: string) => ReadonlyMap<string, unknown> | null = () => null,
): Decisions {
  const pipelines = new Map<string, Notes>()
  const notesOf = (pipeline: string): Notes => {
    const known = pipelines.get(pipeline) ?? { digest: 0n, given: null, records: new Map(), keys: new Map() }
    pipelines.set(pipeline, known)
    return known
  }
  const bitsOf = (text: string): bigint => BigInt(`0x${hash('sha256', salt + text).slice(0, 32)}`)
  return {
    note: (pipeline, key, facts, isChange) => {
      const notes = notesOf(pipeline)
      const bits = bitsOf(JSON.stringify([key, ...facts]))
      notes.digest = sum(notes.digest, bits)
      const keyHash = hexOf(bitsOf(key)).slice(0, 16)
      if (watched(pipeline)?.has(keyHash) === true) notes.keys.set(keyHash, key)
      if (!isChange || notes.records === null) return
      notes.records.set(keyHash, sum(notes.records.get(keyHash) ?? 0n, bits))
      notes.keys.set(keyHash, key)
      if (notes.records.size > mostRecords) notes.records = null
    },
    noteGiven: (pipeline, value) => {
      const notes = notesOf(pipeline)
      notes.given = sum(notes.given ?? 0n, bitsOf(textOf(value)))
    },
    decidedOf: (pipeline) => {
      const { digest, given, records } = notesOf(pipeline)
      return {
        digest: hexOf(digest),
        given: given === null ? null : hexOf(given),
        records:
          records === null
            ? null
            : new Map([...records].map(([keyHash, bits]) => [keyHash, hexOf(bits).slice(0, 16)])),
      }
    },
    keyOf: (pipeline, keyHash) => notesOf(pipeline).keys.get(keyHash),
  }
}

/** A sum has no order, and does not forget what comes twice. */
function sum(a: bigint, b: bigint): bigint {
  return BigInt.asUintN(128, a + b)
}

function hexOf(bits: bigint): string {
  return bits.toString(16).padStart(32, '0')
}

/** What a function gives need not be JSON. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value, asText) ?? ''
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return ''
    throw error
  }
}

function asText(_key: string, member: unknown): unknown {
  return typeof member === 'bigint' ? `${member}n` : member
}
