import { createHash } from 'node:crypto'
import { parseExactJson } from '../source/parse-exact-json.js'
import type { Surroundings } from '../source/raw-record.js'
import type { Ledger, RejectRow } from '../target/ledger.js'
import { chooseReplays, type Choice } from './choose-replays.js'
import type { LegacySource, Sources } from './open-sources.js'
import type { ReadLegacy } from './records.js'
import { withCopies } from './with-copies.js'

/** Sources that give the open rejects of the ledger, each record as it was when it was rejected. */
export interface Replay extends Sources {
  /** Which rejects of a pipeline are replayed, and which are not. They are chosen once. */
  choiceOf(pipeline: string): Promise<Choice>
}

/** Opens the rejects of a ledger as sources. Nothing is read before the first record is asked for: by then the lock is held. */
export function openReplay(ledger: Ledger): Replay {
  const choices = new Map<string, Promise<Choice>>()
  const choiceOf = (pipeline: string) => {
    const known = choices.get(pipeline) ?? choose(ledger, pipeline)
    choices.set(pipeline, known)
    return known
  }
  return {
    choiceOf,
    of: ({ name }) => replayedSource(ledger, () => choiceOf(name)),
    broken: [],
    close: () => Promise.resolve(),
  }
}

async function choose(ledger: Ledger, pipeline: string): Promise<Choice> {
  const open = await ledger.rejects({ pipelines: [pipeline] })
  const keys = [...new Set(open.flatMap(({ legacyKey }) => legacyKey ?? []))]
  return chooseReplays(open, await ledger.knownKeys(pipeline, keys))
}

function replayedSource(ledger: Ledger, choice: () => Promise<Choice>): LegacySource {
  let bytesRead = 0
  let sha256 = ''
  return {
    chunks: async function* (signal) {
      const hash = createHash('sha256')
      bytesRead = 0
      let ordinal = 0
      const { chosen } = await choice()
      for await (const page of withCopies(ledger, chosen)) {
        signal.throwIfAborted()
        yield page.flatMap(({ row, copy }): ReadLegacy[] => {
          const own = ordinal++
          if (copy === undefined || copy.record === null) return []
          bytesRead += Buffer.byteLength(copy.record)
          hash.update(copy.record).update('\n')
          return [replayed(row, own, copy.record, copy.surroundings)]
        })
      }
      sha256 = hash.digest('hex')
    },
    files: () => [{ path: 'ledger', bytes: bytesRead, sha256 }],
    totalBytes: undefined,
    bytesRead: () => bytesRead,
  }
}

function replayed(row: RejectRow, ordinal: number, record: string, surroundings: string | null): ReadLegacy {
  return {
    ordinal,
    location: { at: row.at, ordinal: row.ordinal, legacyKey: row.legacyKey, id: row.id },
    value: parseExactJson(record),
    surroundings: surroundings === null ? {} : (parseExactJson(surroundings) as Surroundings),
  }
}
