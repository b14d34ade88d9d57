import Database from 'better-sqlite3'
import type { OwnedEntry, Role, RowOwner } from '../batch.js'

/** A planned entry of the ledger. */
export interface PlannedEntry {
  /** The name of the table that its row is in. */
  table: string
  rowKey: string
  fingerprint: string
  role: Role
  /** As in `OwnedEntry`. */
  made: boolean
  /** As in `Write`. */
  applied: string | null
  /** As in `Write`. */
  parentKey: string | null
}

/** What a plan would have written, on the local disk: its size does not burden the memory. */
export interface Scratch {
  /** A savepoint; they nest. */
  begin(): void
  commit(): void
  rollback(): void
  entry(pipeline: string, legacyKey: string): PlannedEntry | undefined
  saveEntry(pipeline: string, legacyKey: string, entry: PlannedEntry): void
  /** The legacy key that owns a row after the plan's writes, undefined when the plan did not touch the row's owner. */
  owner(pipeline: string, rowKey: string): string | undefined
  /** The planned entries of all pipelines that own a row. */
  ownersOf(table: string, rowKey: string): RowOwner[]
  /** The planned entries that belong to a record. */
  offspring(pipeline: string, parentKey: string): OwnedEntry[]
  /** Notes that the keys of a row change, so that what is known of its aliases counts no longer. */
  loosen(pipeline: string, rowKey: string): void
  isLoosened(pipeline: string, rowKey: string): boolean
  /** Notes that the ledger's entry of a legacy key has lost its row. */
  saveLoss(pipeline: string, legacyKey: string): void
  /** How many of these entries the plan writes anew. */
  settledLosses(pipeline: string): number
  row(table: string, rowKey: string): Record<string, string | null> | undefined
  saveRow(table: string, rowKey: string, values: Record<string, string | null>): void
  /** A row as if it were deleted: it holds nothing and takes no part in any key. */
  removeRow(table: string, rowKey: string, columns: readonly string[], keys: readonly string[]): void
  /** The keys of the rows that were removed, by table. */
  removedRows(): ReadonlyMap<string, ReadonlySet<string>>
  /** Keys of planned rows that hold `value` in `column`. */
  rowsWith(table: string, column: string, value: string): string[]
  /** The image of a planned row's unique key; null when the key does not take part, undefined when the plan did not write the row. */
  image(table: string, key: string, rowKey: string): string | null | undefined
  saveImage(table: string, key: string, rowKey: string, image: string | null): void
  /** Keys of planned rows whose unique key has this image. */
  rowsWithImage(table: string, key: string, image: string): string[]
  close(): void
}

const entryColumns =
  'tbl as "table", row_key as rowKey, fingerprint, role, made, applied, parent_key as parentKey'

/** An entry as SQLite answers it. */
type Stored<Entry> = Omit<Entry, 'made'> & { readonly made: number }

/** An empty scratch database: a temporary file that the operating system forgets with the process. */
export function openScratch(): Scratch {
  const db = new Database('')
  db.pragma('journal_mode = off')
  db.pragma('synchronous = off')
  db.pragma('cache_size = -16000')
  db.exec(`
    create table entries (pipeline text, legacy_key text, tbl text, row_key text, fingerprint text, role text, made integer, applied text, parent_key text, primary key (pipeline, legacy_key)) without rowid;
    create index entries_row on entries (row_key, pipeline);
    create index entries_parent on entries (pipeline, parent_key) where parent_key is not null;
    create table loosened (pipeline text, row_key text, primary key (pipeline, row_key)) without rowid;
    create table losses (pipeline text, legacy_key text, primary key (pipeline, legacy_key)) without rowid;
    create table removals (tbl text, row_key text, primary key (tbl, row_key)) without rowid;
    create table rows (tbl text, row_key text, held text, primary key (tbl, row_key)) without rowid;
    create table images (tbl text, key text, row_key text, image text, primary key (tbl, key, row_key)) without rowid;
    create index images_image on images (tbl, key, image);`)
  db.pragma('journal_mode = memory')
  const indexed = new Set<string>()
  const statements = {
    entry: db.prepare(`select ${entryColumns} from entries where pipeline = ? and legacy_key = ?`),
    saveEntry: db.prepare('insert or replace into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    ownersOf: db.prepare(
      `select pipeline, legacy_key as legacyKey from entries where tbl = ? and row_key = ? and role = 'owner'`,
    ),
    offspring: db.prepare(
      `select legacy_key as legacyKey, ${entryColumns} from entries
        where pipeline = ? and parent_key = ? and role <> 'deleted' order by legacy_key`,
    ),
    owner: db
      .prepare(
        `select legacy_key from entries where pipeline = ? and row_key = ? and role in ('owner', 'stub', 'removed')`,
      )
      .pluck(),
    loosen: db.prepare('insert or ignore into loosened values (?, ?)'),
    isLoosened: db.prepare('select 1 from loosened where pipeline = ? and row_key = ?').pluck(),
    saveLoss: db.prepare('insert or ignore into losses values (?, ?)'),
    settledLosses: db.prepare('select count(*) from losses natural join entries where pipeline = ?').pluck(),
    row: db.prepare('select held from rows where tbl = ? and row_key = ?').pluck(),
    saveRow: db.prepare('insert or replace into rows values (?, ?, ?)'),
    saveRemoval: db.prepare('insert or ignore into removals values (?, ?)'),
    removals: db.prepare('select tbl, row_key from removals').raw(),
    image: db.prepare('select image from images where tbl = ? and key = ? and row_key = ?').pluck(),
    saveImage: db.prepare('insert or replace into images values (?, ?, ?, ?)'),
    rowsWithImage: db.prepare('select row_key from images where tbl = ? and key = ? and image = ?').pluck(),
  }
  const valueOf = (column: string) =>
    `json_extract(held, '$."${column.replaceAll('"', '').replaceAll("'", "''")}"')`
  return {
    begin: () => void db.exec('savepoint planned'),
    commit: () => void db.exec('release planned'),
    rollback: () => void db.exec('rollback to planned; release planned'),
    entry: (pipeline, legacyKey) => {
      const entry = statements.entry.get(pipeline, legacyKey) as Stored<PlannedEntry> | undefined
      return entry && { ...entry, made: entry.made === 1 }
    },
    saveEntry: (pipeline, legacyKey, entry) =>
      void statements.saveEntry.run(
        pipeline,
        legacyKey,
        entry.table,
        entry.rowKey,
        entry.fingerprint,
        entry.role,
        Number(entry.made),
        entry.applied,
        entry.parentKey,
      ),
    ownersOf: (table, rowKey) => statements.ownersOf.all(table, rowKey) as RowOwner[],
    offspring: (pipeline, parentKey) =>
      (statements.offspring.all(pipeline, parentKey) as Stored<OwnedEntry>[]).map((entry) => ({
        ...entry,
        made: entry.made === 1,
      })),
    owner: (pipeline, rowKey) => statements.owner.get(pipeline, rowKey) as string | undefined,
    loosen: (pipeline, rowKey) => void statements.loosen.run(pipeline, rowKey),
    isLoosened: (pipeline, rowKey) => statements.isLoosened.get(pipeline, rowKey) !== undefined,
    saveLoss: (pipeline, legacyKey) => void statements.saveLoss.run(pipeline, legacyKey),
    settledLosses: (pipeline) => statements.settledLosses.get(pipeline) as number,
    row: (table, rowKey) => {
      const held = statements.row.get(table, rowKey) as string | undefined
      return held === undefined ? undefined : (JSON.parse(held) as Record<string, string | null>)
    },
    saveRow: (table, rowKey, values) => void statements.saveRow.run(table, rowKey, JSON.stringify(values)),
    removeRow: (table, rowKey, columns, keys) => {
      statements.saveRow.run(
        table,
        rowKey,
        JSON.stringify(Object.fromEntries(columns.map((column) => [column, null]))),
      )
      for (const key of keys) statements.saveImage.run(table, key, rowKey, null)
      statements.saveRemoval.run(table, rowKey)
    },
    removedRows: () => {
      const removed = new Map<string, Set<string>>()
      for (const [table, rowKey] of statements.removals.all() as [string, string][])
        removed.set(table, (removed.get(table) ?? new Set()).add(rowKey))
      return removed
    },
    rowsWith: (table, column, value) => {
      if (!indexed.has(column)) {
        db.exec(`create index if not exists "held_${indexed.size}" on rows (tbl, ${valueOf(column)})`)
        indexed.add(column)
      }
      return db
        .prepare(`select row_key from rows where tbl = ? and ${valueOf(column)} = ?`)
        .pluck()
        .all(table, value) as string[]
    },
    image: (table, key, rowKey) => statements.image.get(table, key, rowKey) as string | null | undefined,
    saveImage: (table, key, rowKey, image) => void statements.saveImage.run(table, key, rowKey, image),
    rowsWithImage: (table, key, image) => statements.rowsWithImage.all(table, key, image) as string[],
    close: () => void db.close(),
  }
}
