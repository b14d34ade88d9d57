import type { Writer } from '../batch.js'
import type { Ledger, Moves, ShortCut } from '../ledger.js'
import type { Session } from './session.js'
import { textArray } from './text-array.js'

/** The part of the ledger that lets a rerun skip what is as it was. */
export function shortCutQueries(
  session: Session,
): Pick<Ledger, 'shortCut' | 'keepShortCut' | 'moves' | 'enumNotes'> {
  return {
    shortCut: async (pipeline, runId, referred) => {
      const [row] = await session.query(
        `select (short_cuts -> $1)::text as kept, r.moved::text as moved,
                exists (select 1 from carryover.runs l
                         where l.id > r.id and (l.undoes is not null or l.moved ?| $3::text[]))::text as stale
           from carryover.runs r
          where id < $2::bigint and pipelines ? $1
          order by id desc limit 1`,
        [pipeline, runId, textArray(referred)],
      )
      if (row?.['kept'] == null || row['stale'] === 'true') return undefined
      const kept = JSON.parse(row['kept']) as ShortCut
      const moved = JSON.parse(row['moved'] ?? '{}') as Moves
      return referred.every((name) => moved[name] === kept.moved[name]) ? kept : undefined
    },
    keepShortCut: async (pipeline, runId, shortCut) => {
      await session.query(
        'update carryover.runs set short_cuts = short_cuts || jsonb_build_object($1::text, $3::jsonb) where id = $2::bigint',
        [pipeline, runId, JSON.stringify(shortCut)],
      )
    },
    moves: async (runId) => {
      const [row] = await session.query('select moved::text from carryover.runs where id = $1::bigint', [
        runId,
      ])
      return JSON.parse(row?.['moved'] ?? '{}') as Moves
    },
    enumNotes: async (pipeline) => {
      const rows = await session.query('select id, notes from carryover.enum_notes where pipeline = $1', [
        pipeline,
      ])
      return new Map(rows.map((row) => [row['id'] as string, row['notes'] as string]))
    },
  }
}

/** Notes that records of a pipeline have another row than they had. */
export async function noteMoved(session: Session, { pipeline, runId }: Writer): Promise<void> {
  await session.query(
    `update carryover.runs
        set moved = moved || jsonb_build_object($1::text, coalesce((moved ->> $1)::int, 0) + 1)
      where id = $2::bigint`,
    [pipeline, runId],
  )
}

/** Keeps what was noted of enum values. */
export async function keepEnumNotes(
  session: Session,
  pipeline: string,
  notes: ReadonlyMap<string, string>,
): Promise<void> {
  if (notes.size === 0) return
  await session.query(
    `insert into carryover.enum_notes (pipeline, id, notes)
     select $1, id, notes from unnest($2::text[], $3::text[]) as n(id, notes)
     on conflict do nothing`,
    [pipeline, textArray([...notes.keys()]), textArray([...notes.values()])],
  )
}
