import Database from 'better-sqlite3'
import type { RejectEntry } from './reject-entry.js'
import type { Target } from './target.js'

/** Rejects that must outlive the transaction they were found in. */
export interface RejectSpool {
  /** The same target, but the rejects of every batch that comes to its end are noted here too. */
  readonly target: Target
  /** Keeps what was noted in a transaction of its own. */
  keepAll(runId: number): Promise<void>
  close(): void
}

/** Rejects that are kept with one statement. */
const pageEntries = 1_000

/** Notes the rejects of a target in a temporary file that the operating system forgets with the process: there may be any number. */
export function openRejectSpool(target: Target): RejectSpool {
  const db = new Database('')
  db.pragma('journal_mode = off')
  // Negative: in KiB. What is more goes to the disk.
  db.pragma('cache_size = -4096')
  db.exec('create table rejects (place integer primary key, pipeline text, entry text)')
  const insert = db.prepare('insert into rejects (pipeline, entry) values (?, ?)')
  const pipelines = db.prepare<[], string>('select distinct pipeline from rejects order by pipeline').pluck()
  const page = db
    .prepare<[string, number, number], [number, string]>(
      'select place, entry from rejects where pipeline = ? and place > ? order by place limit ?',
    )
    .raw()

  function* pagesOf(pipeline: string): Generator<RejectEntry[]> {
    for (let after = 0; ;) {
      const rows = page.all(pipeline, after, pageEntries)
      yield rows.map(([, entry]) => JSON.parse(entry) as RejectEntry)
      if (rows.length < pageEntries) return
      after = rows.at(-1)?.[0] ?? after
    }
  }

  return {
    target: {
      ...target,
      inBatch: async (work) => {
        const noted: [string, readonly RejectEntry[]][] = []
        const result = await target.inBatch((batch) => {
          // What was lost with another attempt is decided again.
          noted.length = 0
          return work({
            ...batch,
            keepRejects: async (pipeline, runId, rejects) => {
              await batch.keepRejects(pipeline, runId, rejects)
              noted.push([pipeline, rejects])
            },
          })
        })
        // What comes after the transaction needs no second keeping.
        if (!db.open) return result
        for (const [pipeline, rejects] of noted)
          for (const reject of rejects) insert.run(pipeline, JSON.stringify(reject))
        return result
      },
    },
    keepAll: (runId) =>
      target.inBatch(async (batch) => {
        for (const pipeline of pipelines.all())
          for (const rejects of pagesOf(pipeline)) await batch.keepRejects(pipeline, runId, rejects)
      }),
    close: () => void db.close(),
  }
}
