import type { Writer } from '../batch.js'
import type { Ledger, Moves, ShortCut } from '../ledger.js'
import type { Connection } from './connection.js'

/** The part of the ledger that lets a rerun skip what is as it was. */
export function shortCutQueries(
  connection: Connection,
): Pick<Ledger, 'shortCut' | 'keepShortCut' | 'moves' | 'enumNotes'> {
  const movesOf = (runId: number) => {
    const row = connection.get('select moved from carryover_runs where id = ?', [runId])
    return JSON.parse((row?.[0] as string | undefined) ?? '{}') as Moves
  }
  return {
    shortCut: async (pipeline, runId, referred) => {
      const last = connection.get(
        `select id, short_cuts from carryover_runs
          where id < ? and exists (select 1 from json_each(pipelines) p where p.value = ?)
          order by id desc limit 1`,
        [runId, pipeline],
      )
      const kept = (JSON.parse((last?.[1] as string | undefined) ?? '{}') as Record<string, ShortCut>)[
        pipeline
      ]
      if (last === undefined || kept === undefined) return undefined
      const moved = movesOf(Number(last[0]))
      if (referred.some((name) => moved[name] !== kept.moved[name])) return undefined
      const later = connection.get(
        `select 1 from carryover_runs
          where id > ? and (undoes is not null
                or exists (select 1 from json_each(moved) m join json_each(?) r on r.value = m.key)) limit 1`,
        [Number(last[0]), JSON.stringify(referred)],
      )
      return later === undefined ? kept : undefined
    },
    keepShortCut: async (pipeline, runId, shortCut) => {
      const row = connection.get('select short_cuts from carryover_runs where id = ?', [runId])
      const kept = JSON.parse((row?.[0] as string | undefined) ?? '{}') as Record<string, ShortCut>
      const all = JSON.stringify({ ...kept, [pipeline]: shortCut })
      connection.run('update carryover_runs set short_cuts = ? where id = ?', [all, runId])
    },
    moves: async (runId) => movesOf(runId),
    enumNotes: async (pipeline) => {
      const rows = connection.all('select id, notes from carryover_enum_notes where pipeline = ?', [pipeline])
      return new Map(rows.map((row) => [row[0] as string, row[1] as string]))
    },
  }
}

/** Notes that records of a pipeline have another row than they had. */
export function noteMoved(connection: Connection, { pipeline, runId }: Writer): void {
  const row = connection.get('select moved from carryover_runs where id = ?', [runId])
  const moved = JSON.parse((row?.[0] as string | undefined) ?? '{}') as Moves
  const all = JSON.stringify({ ...moved, [pipeline]: (moved[pipeline] ?? 0) + 1 })
  connection.run('update carryover_runs set moved = ? where id = ?', [all, runId])
}

/** Keeps what was noted of enum values. */
export function keepEnumNotes(
  connection: Connection,
  pipeline: string,
  notes: ReadonlyMap<string, string>,
): void {
  const keep = connection.writer(
    'insert into carryover_enum_notes (pipeline, id, notes) values (?, ?, ?) on conflict do nothing',
  )
  for (const [id, text] of notes) keep([pipeline, id, text])
}
