import pg from 'pg'
import type { Batch } from '../batch.js'
import type { Target, TargetOptions } from '../target.js'
import { apply } from './apply.js'
import { connectionConfig } from './connection-config.js'
import { countDangling, countEntries } from './counts.js'
import { differences, reread } from './differences.js'
import { foresee } from './foresee.js'
import { openHistory } from './history.js'
import { hold } from './hold.js'
import { keepRejects } from './keep-rejects.js'
import { keyImages } from './key-images.js'
import { openLedger } from './ledger.js'
import { applyMigrations, migrationState } from './migrations.js'
import { noteApplied } from './note-applied.js'
import { offspring, owners, sharedRows } from './owned-entries.js'
import { park, spareValues } from './park.js'
import { probe } from './probe.js'
import { readCatalogue, readNamed } from './read-catalogue.js'
import { recall } from './recall.js'
import { recordsRelation } from './records-relation.js'
import { referredRows } from './referred-rows.js'
import { forget, remove } from './remove.js'
import { resolve, resolveBy } from './resolve.js'
import { withRunLock } from './run-lock.js'
import { advanceSequences, readSequences } from './sequences.js'
import { openSession } from './session.js'
import { openTransactions } from './transactions.js'
import { translateError } from './translate-error.js'
import { unusable } from './unusable.js'

/**
 * A Postgres database (14 or newer) as a target.
 * @throws TargetError `database.connection`, `database.login`, `database.unknown`
 */
export async function openPostgres(url: string, options: TargetOptions): Promise<Target> {
  const client = new pg.Client(connectionConfig(url))
  // A connection that breaks between two statements must not end the process: the next statement fails instead.
  client.on('error', () => undefined)
  await client.connect().catch((error: unknown) => {
    throw translateError(error)
  })
  const session = openSession(client)
  const transactions = await openTransactions(session, options)
  const [about] = await session.query(
    `select current_database() as database, current_setting('server_version') as version`,
  )
  let records = recordsRelation(false)
  const ledger = openLedger(session, () => (records = recordsRelation(true)))
  if (await ledger.exists()) records = recordsRelation(true)
  // Which statement of the run wrote a thing: what is taken back goes the other way round.
  let step = 0
  const nextStep = () => (step += 1)
  const batch: Batch = {
    recall: (pipeline, table, entries) => recall(session, records, pipeline, table, entries),
    resolve: (pipeline, table, keys) => resolve(session, records, pipeline, table, keys),
    resolveBy: (table, column, values) => resolveBy(session, table, column, values),
    uncastable: (staged) => unusable(session, staged),
    probe: (pipeline, keys, staged) => probe(session, records, pipeline, keys, staged),
    differences: (staged, rowKeys) => differences(session, staged, rowKeys),
    foresee: (staged, resolved) => foresee(session, staged, resolved),
    apply: (changes) => apply(session, changes, nextStep()),
    hold: (table, rowKeys) => hold(session, table, rowKeys),
    noteApplied: (pipeline, notes) => noteApplied(session, pipeline, notes),
    reread: (staged, rowKeys) => reread(session, staged, rowKeys),
    spareValues: (table, parkings, attempt) => spareValues(session, table, parkings, attempt),
    park: (writer, table, spares) => park(session, writer, table, spares, nextStep()),
    keepRejects: (pipeline, runId, rejects) => keepRejects(session, pipeline, runId, rejects),
    offspring: (pipeline, parentKeys) => offspring(session, records, pipeline, parentKeys),
    owners: (pipeline, table, page) => owners(session, records, pipeline, table, page),
    sharedRows: (pipeline, table, rowKeys) => sharedRows(session, records, pipeline, table, rowKeys),
    referredRows: (table, rowKeys, gone = new Map()) => referredRows(session, table, rowKeys, gone),
    remove: (writer, table, rowKeys) => remove(session, writer, table, rowKeys, nextStep()),
    forget: (writer, _, legacyKeys) => forget(session, writer, legacyKeys, nextStep()),
    keyImages: (keys, staged) => keyImages(session, keys, staged),
    history: openHistory(session),
  }
  return {
    info: { dialect: 'postgres', version: about?.['version'] ?? '', database: about?.['database'] ?? '' },
    batchRecords: 5_000,
    ledger,
    readTable: (table) => readCatalogue(session, table),
    tableNamed: (name) => readNamed(session, name),
    inBatch: (work) => transactions.inBatch(() => work(batch)),
    countEntries: (pipeline, table, runId) => countEntries(session, records, pipeline, table, runId),
    countDangling: (pipeline, table, column, parent) =>
      countDangling(session, records, pipeline, table, column, parent),
    sequences: (table) => readSequences(session, table),
    // A sequence does not roll back: a rehearsal leaves it alone.
    advanceSequences: async (table) => (options.rehearsal ? [] : advanceSequences(session, table)),
    withRunLock: (waitMs, work) => withRunLock(session, waitMs, work),
    migrationState: (files) => migrationState(session, files),
    applyMigrations: (files) => applyMigrations(session, files),
    close: async () => {
      await transactions.close()
      await client.end().catch(() => undefined)
    },
  }
}
