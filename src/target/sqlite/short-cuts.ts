import type { Ledger } from '../ledger.js'
import type { Connection } from './connection.js'

/** The part of the ledger that lets a rerun skip what is as it was; it knows nothing as long as there is no ledger. */
export function shortCutQueries(
  connection: Connection,
  exists: () => boolean,
): Pick<Ledger, 'shortCut' | 'beginShortCut' | 'keepShortCut' | 'dropShortCut' | 'enumNotes'> {
  return {
    shortCut: async (pipeline) => {
      if (!exists()) return undefined
      const row = connection.get('select basis, whole from carryover_short_cuts where pipeline = ?', [
        pipeline,
      ])
      return row && { basis: row[0] as string | null, whole: row[1] as string | null }
    },
    beginShortCut: async (pipeline, { basis, referred }) => {
      connection.run(
        `insert into carryover_short_cuts (pipeline, basis, referred) values (?, ?, ?)
         on conflict (pipeline) do update set basis = excluded.basis, referred = excluded.referred, whole = null`,
        [pipeline, basis, JSON.stringify(referred)],
      )
    },
    keepShortCut: async (pipeline, { basis, whole }) => {
      connection.run(
        `update carryover_short_cuts set basis = ?, whole = ?
          where pipeline = ? and (basis is not ? or whole is not ?)`,
        [basis, whole, pipeline, basis, whole],
      )
    },
    dropShortCut: async (pipeline) => {
      connection.run('delete from carryover_short_cuts where pipeline = ?', [pipeline])
    },
    enumNotes: async (pipeline) => {
      const rows = connection.all('select id, notes from carryover_enum_notes where pipeline = ?', [pipeline])
      return new Map(rows.map((row) => [row[0] as string, row[1] as string]))
    },
  }
}

/** Forgets what the pipelines that refer to this one know of their sources; without a name, what all of them know. */
export function closeShortCuts(connection: Connection, referred: string | undefined): void {
  if (referred === undefined) connection.run('delete from carryover_short_cuts', [])
  else
    connection.run(
      'delete from carryover_short_cuts where exists (select 1 from json_each(referred) r where r.value = ?)',
      [referred],
    )
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
