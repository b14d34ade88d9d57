import type { Ledger } from '../ledger.js'
import type { Session } from './session.js'
import { textArray } from './text-array.js'

/** The part of the ledger that lets a rerun skip what is as it was; it knows nothing as long as there is no ledger. */
export function shortCutQueries(
  session: Session,
  exists: () => Promise<boolean>,
): Pick<Ledger, 'shortCut' | 'beginShortCut' | 'keepShortCut' | 'dropShortCut' | 'enumNotes'> {
  return {
    shortCut: async (pipeline) => {
      if (!(await exists())) return undefined
      const [row] = await session.query('select basis, whole from carryover.short_cuts where pipeline = $1', [
        pipeline,
      ])
      return row && { basis: row['basis'] ?? null, whole: row['whole'] ?? null }
    },
    beginShortCut: async (pipeline, { basis, referred }) => {
      await session.query(
        `insert into carryover.short_cuts (pipeline, basis, referred) values ($1, $2, $3)
         on conflict (pipeline) do update set basis = excluded.basis, referred = excluded.referred, whole = null`,
        [pipeline, basis, JSON.stringify(referred)],
      )
    },
    keepShortCut: async (pipeline, { basis, whole }) => {
      await session.query(
        `update carryover.short_cuts set basis = $2, whole = $3
          where pipeline = $1 and (basis is distinct from $2 or whole is distinct from $3)`,
        [pipeline, basis, whole],
      )
    },
    dropShortCut: async (pipeline) => {
      await session.query('delete from carryover.short_cuts where pipeline = $1', [pipeline])
    },
    enumNotes: async (pipeline) => {
      const rows = await session.query('select id, notes from carryover.enum_notes where pipeline = $1', [
        pipeline,
      ])
      return new Map(rows.map((row) => [row['id'] as string, row['notes'] as string]))
    },
  }
}

/** Forgets what the pipelines that refer to this one know of their sources; without a name, what all of them know. */
export async function closeShortCuts(session: Session, referred: string | undefined): Promise<void> {
  await session.query('delete from carryover.short_cuts where $1::text is null or referred ? $1::text', [
    referred ?? null,
  ])
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
