import { TargetError } from '../../errors.js'
import type { Batch } from '../batch.js'
import type { OpenOptions, Target } from '../target.js'
import { type Method, wrapMethods } from '../wrap-methods.js'
import { apply } from './apply.js'
import { openAsides } from './asides.js'
import { breakLock, lockState } from './break-lock.js'
import { connect } from './connect.js'
import { connectionConfig } from './connection-config.js'
import { countDangling, countEntries } from './counts.js'
import { differences, reread } from './differences.js'
import { foresee } from './foresee.js'
import { openHistory } from './history.js'
import { hold } from './hold.js'
import { insertFree } from './insert-free.js'
import { keepRejects } from './keep-rejects.js'
import { keyImages } from './key-images.js'
import { clearLease } from './lease.js'
import { openLedger } from './ledger.js'
import { applyMigrations, migrationState } from './migrations.js'
import { noteApplied } from './note-applied.js'
import { offspring, owners, sharedRows } from './owned-entries.js'
import { park, spareValues } from './park.js'
import { probe } from './probe.js'
import { readCatalogue, readNamed } from './read-catalogue.js'
import { recall } from './recall.js'
import { recordsRelation } from './records-relation.js'
import { pointingRows, referredRows } from './referred-rows.js'
import { forget, remove } from './remove.js'
import { resolve, resolveBy } from './resolve.js'
import { openRunLock } from './run-lock.js'
import { advanceSequence, advanceSequences, readSequences } from './sequences.js'
import { openSession } from './session.js'
import { openAudit } from './survey/open-audit.js'
import { openTransactions } from './transactions.js'
import { ServerError } from './translate-error.js'
import { unusable } from './unusable.js'
import { keepEnumNotes, noteMoved } from './short-cuts.js'
import { forgetSources, noteFingerprints, sourced, untouched } from './untouched.js'
import { wasCommitted } from './was-committed.js'

/**
 * A Postgres database (14 or newer) as a target.
 * @throws TargetError `database.connection`, `database.login`, `database.unknown`
 */
export async function openPostgres(url: string, options: OpenOptions): Promise<Target> {
  const config = connectionConfig(url, options)
  const { signal } = options
  const reconnect = () => connect(config, signal)
  const session = openSession(await reconnect().catch(failFast), { reconnect, signal })
  const { lockTimeoutMs } = options
  const runLock = openRunLock({ session, reconnect, lockTimeoutMs })
  session.onReconnect(() => runLock.retake())
  // A connection that stays open keeps the process from ending.
  const closing = async (error: unknown): Promise<never> => {
    await session.close()
    throw error
  }
  const transactions = await openTransactions(
    session,
    options,
    (xid) => wasCommitted(reconnect, xid, options),
    runLock,
  ).catch(closing)
  const { inCall } = transactions
  const asides = openAsides(reconnect, options.connections - 1, transactions.settings)
  let records = recordsRelation(false)
  const ledger = openLedger(session, () => (records = recordsRelation(true)))
  const about = await inCall(async () => {
    if (options.withoutLedger !== true && (await ledger.exists())) records = recordsRelation(true)
    return session.query(
      `select current_database() as database, current_setting('server_version') as version`,
    )
  }).catch(async (error: unknown) => {
    await transactions.close()
    return closing(error)
  })
  const calling =
    (method: Method): Method =>
    (...args) =>
      inCall(async () => method(...args))
  // Which statement of the run wrote a thing: what is taken back goes the other way round.
  let step = 0
  const nextStep = () => (step += 1)
  const batch: Batch = {
    recall: (pipeline, table, entries, renews) => recall(session, records, pipeline, table, entries, renews),
    untouched: (pipeline, table, asked) => untouched(session, pipeline, table, asked),
    noteFingerprints: (pipeline, notes) => noteFingerprints(session, pipeline, notes),
    keepEnumNotes: (pipeline, notes) => keepEnumNotes(session, pipeline, notes),
    sourced: (pipeline, page) => sourced(session, pipeline, page),
    forgetSources: (pipeline, keys) => forgetSources(session, pipeline, keys),
    noteMoved: (writer) => noteMoved(session, writer),
    resolve: (pipeline, table, keys) => resolve(session, records, pipeline, table, keys),
    resolveBy: (table, column, values) => resolveBy(session, table, column, values),
    uncastable: (staged) => unusable(session, staged),
    probe: (pipeline, keys, staged) => probe(session, records, pipeline, keys, staged),
    differences: (staged, rowKeys) => differences(session, staged, rowKeys),
    foresee: (staged, resolved) => foresee(session, staged, resolved),
    apply: (changes) => apply(session, changes, nextStep()),
    insertFree: (changes, how) => insertFree(session, changes, nextStep(), how),
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
    pointingRows: (table, referrer, asked, limit) => pointingRows(session, table, referrer, asked, limit),
    remove: (writer, table, rowKeys) => remove(session, writer, table, rowKeys, nextStep()),
    forget: (writer, _, legacyKeys) => forget(session, writer, legacyKeys, nextStep()),
    keyImages: (keys, staged) => keyImages(session, keys, staged),
    history: openHistory(session),
  }
  return {
    info: {
      dialect: 'postgres',
      version: about[0]?.['version'] ?? '',
      database: about[0]?.['database'] ?? '',
    },
    batchRecords: 2_000,
    ledger: wrapMethods(
      {
        ...ledger,
        closeRejects: async (...closed) => {
          await runLock.confirm()
          await ledger.closeRejects(...closed)
        },
        keepShortCut: async (...kept) => {
          await runLock.confirm()
          await ledger.keepShortCut(...kept)
        },
      },
      calling,
    ),
    audit: wrapMethods(openAudit(session), calling),
    readTable: (table) => inCall(() => readCatalogue(session, table)),
    tableNamed: (name) => inCall(() => readNamed(session, name)),
    inBatch: (work) => transactions.inBatch(() => work(batch)),
    asides: () => (transactions.isUnit ? 0 : options.connections - 1),
    aside: (work) => asides.ask(work),
    atomically: transactions.atomically,
    countEntries: (pipeline, table, runId) =>
      inCall(() => countEntries(session, records, pipeline, table, runId)),
    countDangling: (pipeline, table, column, parent) =>
      inCall(() => countDangling(session, records, pipeline, table, column, parent)),
    sequences: (table) => inCall(() => readSequences(session, table)),
    // A sequence does not roll back: a rehearsal leaves it alone.
    advanceSequences: async (table) => {
      if (options.rehearsal) return []
      return inCall(async () => {
        await runLock.confirm()
        return advanceSequences(session, table)
      })
    },
    advanceSequence: (facts) => inCall(() => advanceSequence(session, facts)),
    withRunLock: runLock.withRunLock,
    withLease: runLock.withLease,
    clearLease: () => clearLease(session, lockTimeoutMs),
    lockState: () => inCall(() => lockState(session)),
    breakLock: (state) => breakLock(session, state, lockTimeoutMs),
    migrationState: (files) => inCall(() => migrationState(session, files)),
    applyMigrations: (files, note) => applyMigrations(session, files, inCall, note),
    close: async () => {
      await asides.close()
      await transactions.close()
      await session.close()
    },
  }
}

/** A server that is just starting, or full, is worth another try; a wrong port or host is to be told at once. */
function failFast(error: TargetError): never {
  if (error instanceof ServerError && ['57P03', '53300'].includes(error.sqlState)) throw error
  const { code, message, hint, cause } = error
  throw new TargetError(code, message, { ...(hint === undefined ? {} : { hint }), cause })
}
