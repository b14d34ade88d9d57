import type { Batch } from '../batch.js'
import { lockedError } from '../locked-error.js'
import type { Target, TargetOptions } from '../target.js'
import { apply } from './apply.js'
import { openConnection } from './connection.js'
import { countDangling, countEntries } from './counts.js'
import { differences, reread } from './differences.js'
import { foresee } from './foresee.js'
import { openHistory } from './history.js'
import { wrapMethods } from '../wrap-methods.js'
import { openFence } from './fence.js'
import { keepRejects } from './keep-rejects.js'
import { keyImages } from './key-images.js'
import { foundLedgerVersion } from './ledger-schema.js'
import { clearLease, nameRun, readLease, removeLease, writeLease } from './lease.js'
import { openLedger } from './ledger.js'
import { applyMigrations, migrationState } from './migrate.js'
import { noteApplied } from './note-applied.js'
import { offspring, owners, sharedRows } from './owned-entries.js'
import { park, spareValues } from './park.js'
import { probe } from './probe.js'
import { readCatalogue, readNamed } from './read-catalogue.js'
import { recall } from './recall.js'
import { pointingRows, referredRows } from './referred-rows.js'
import { forget, remove } from './remove.js'
import { resolve, resolveBy } from './resolve.js'
import { insertFree } from './insert-free.js'
import { isLocked, withRunLock } from './run-lock.js'
import {
  advanceSequence,
  advanceSequences,
  readSequences,
  rememberOrigins,
  type SequenceOrigins,
} from './sequences.js'
import { openAudit } from './survey/open-audit.js'
import { openTransactions } from './transactions.js'
import { translateError } from './translate-error.js'
import { openTurns } from './turns.js'
import { keepEnumNotes, noteMoved } from './short-cuts.js'
import { forgetSources, noteFingerprints, sourced, untouched } from './untouched.js'
import { uncomputable } from './uncomputable.js'

/**
 * A SQLite database as a target: a file, or `:memory:`. Its one connection does one piece of writing at a time.
 * @throws TargetError `database.no_file`, `database.cannot_open`, `database.not_a_database`, `database.readonly`, `database.busy`
 */
export async function openSqlite(path: string, options: TargetOptions): Promise<Target> {
  const connection = openConnection(path, options)
  const guarded = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      throw translateError(error, path)
    }
  }
  const fence = openFence(connection, options.lockTimeoutMs)
  const transactions = await guarded(() => openTransactions(connection, options.rehearsal, fence))
  const turns = openTurns()
  const inTurn = <Result>(work: () => Result | Promise<Result>): Promise<Result> => turns(() => guarded(work))
  const ledger = openLedger(connection)
  const origins: SequenceOrigins = new Map()
  // A plan never creates the ledger: until somebody does, it knows nobody.
  let ledgerSeen = false
  const hasLedger = () => (ledgerSeen ||= foundLedgerVersion(connection) > 0)
  // Which statement of the run wrote a thing: what is taken back goes the other way round.
  let step = 0
  const nextStep = () => (step += 1)

  const batch: Batch = {
    recall: (pipeline, table, entries, renews) =>
      guarded(() =>
        hasLedger()
          ? recall(connection, pipeline, table, entries, renews)
          : { settled: new Set<number>(), renewed: new Set<number>(), known: new Map() },
      ),
    untouched: (pipeline, table, asked) => guarded(() => untouched(connection, pipeline, table, asked)),
    noteFingerprints: (pipeline, notes) => guarded(() => noteFingerprints(connection, pipeline, notes)),
    keepEnumNotes: (pipeline, notes) => guarded(() => keepEnumNotes(connection, pipeline, notes)),
    sourced: (pipeline, page) => guarded(() => sourced(connection, pipeline, page)),
    forgetSources: (pipeline, keys) => guarded(() => forgetSources(connection, pipeline, keys)),
    noteMoved: (writer) => guarded(() => noteMoved(connection, writer)),
    resolve: (pipeline, table, keys) =>
      guarded(() => (hasLedger() ? resolve(connection, pipeline, table, keys) : new Map<string, never>())),
    resolveBy: (table, column, values) => guarded(() => resolveBy(connection, table, column, values)),
    uncastable: (staged) => guarded(() => uncomputable(connection, staged)),
    probe: (pipeline, keys, staged) => guarded(() => probe(connection, hasLedger(), pipeline, keys, staged)),
    differences: (staged, rowKeys) => guarded(() => differences(connection, staged, rowKeys)),
    foresee: (staged, resolved) => guarded(() => foresee(connection, staged, resolved)),
    apply: (changes) =>
      guarded(() => {
        rememberOrigins(connection, origins, changes)
        return apply(connection, changes, nextStep())
      }),
    insertFree: (changes, how) =>
      guarded(() => {
        rememberOrigins(connection, origins, changes)
        return insertFree(connection, changes, nextStep(), how)
      }),
    reread: (staged, rowKeys) => guarded(() => reread(connection, staged, rowKeys)),
    spareValues: (table, parkings, attempt) =>
      guarded(() => spareValues(connection, table, parkings, attempt)),
    park: (writer, table, spares) => guarded(() => park(connection, writer, table, spares, nextStep())),
    // Whoever writes keeps all others from writing.
    hold: async () => undefined,
    noteApplied: (pipeline, notes) => guarded(() => noteApplied(connection, pipeline, notes)),
    keepRejects: (pipeline, runId, rejects) =>
      guarded(() => keepRejects(connection, pipeline, runId, rejects)),
    offspring: (pipeline, parentKeys) =>
      guarded(() => (hasLedger() ? offspring(connection, pipeline, parentKeys) : [])),
    owners: (pipeline, table, page) =>
      guarded(() => (hasLedger() ? owners(connection, pipeline, table, page) : [])),
    sharedRows: (pipeline, table, rowKeys) =>
      guarded(() => (hasLedger() ? sharedRows(connection, pipeline, table, rowKeys) : new Map())),
    referredRows: (table, rowKeys, gone = new Map()) =>
      guarded(() => referredRows(connection, table, rowKeys, gone)),
    pointingRows: (table, referrer, asked, limit) =>
      guarded(() => pointingRows(connection, table, referrer, asked, limit)),
    remove: (writer, table, rowKeys) => guarded(() => remove(connection, writer, table, rowKeys, nextStep())),
    forget: (writer, table, legacyKeys) =>
      guarded(() => forget(connection, writer, table, legacyKeys, nextStep())),
    keyImages: (keys, staged) => guarded(() => keyImages(connection, keys, staged)),
    history: openHistory(connection, guarded),
  }
  return {
    info: {
      dialect: 'sqlite',
      version: String(connection.get('select sqlite_version()')?.[0]),
      database: path,
    },
    batchRecords: 5_000,
    ledger: {
      prepare: () => inTurn(() => ledger.prepare()),
      exists: () => guarded(() => ledger.exists()),
      beginRun: (run) => inTurn(() => ledger.beginRun(run)),
      finishRun: (id, end) => inTurn(() => ledger.finishRun(id, end)),
      definitionsUses: () => guarded(() => ledger.definitionsUses()),
      haveWritten: (runIds) => guarded(() => ledger.haveWritten(runIds)),
      runs: (which) => guarded(() => ledger.runs(which)),
      rejects: (which) => guarded(() => ledger.rejects(which)),
      rejectCopies: (ids) => guarded(() => ledger.rejectCopies(ids)),
      knownKeys: (pipeline, keys) => guarded(() => ledger.knownKeys(pipeline, keys)),
      knowsAny: (pipeline) => guarded(() => ledger.knowsAny(pipeline)),
      shortCut: (...asked) => guarded(() => ledger.shortCut(...asked)),
      keepShortCut: (...kept) =>
        inTurn(() => {
          fence.check()
          return ledger.keepShortCut(...kept)
        }),
      moves: (runId) => guarded(() => ledger.moves(runId)),
      enumNotes: (pipeline) => guarded(() => ledger.enumNotes(pipeline)),
      openRejectIds: (pipeline) => guarded(() => ledger.openRejectIds(pipeline)),
      closeRejects: (pipeline, runId, ids) =>
        inTurn(() => {
          fence.check()
          return ledger.closeRejects(pipeline, runId, ids)
        }),
      states: () => guarded(() => ledger.states()),
    },
    audit: wrapMethods(
      openAudit(connection),
      (method) =>
        (...args) =>
          inTurn(async () => method(...args)),
    ),
    readTable: (table) => guarded(() => readCatalogue(connection, table)),
    tableNamed: (name) => guarded(() => readNamed(connection, name)),
    inBatch: (work) => inTurn(() => transactions.inBatch(() => work(batch))),
    // One process, one thread: a second connection would only stand in line.
    asides: () => 0,
    aside: (work) => inTurn(() => transactions.inBatch(() => work(batch))),
    // What is done inside takes a turn of its own.
    atomically: async (work) => {
      const { unit } = transactions
      try {
        await inTurn(() => unit.begin())
        const result = await work()
        await inTurn(() => unit.commit())
        return result
      } catch (error) {
        await inTurn(() => unit.rollBack())
        throw error
      }
    },
    countEntries: (pipeline, table, runId) =>
      guarded(() =>
        hasLedger() ? countEntries(connection, pipeline, table, runId) : { entries: 0, rows: 0 },
      ),
    countDangling: (pipeline, table, column, parent) =>
      guarded(() => (hasLedger() ? countDangling(connection, pipeline, table, column, parent) : 0)),
    sequences: (table) => guarded(() => readSequences(connection, table)),
    advanceSequences: (table) =>
      inTurn(() => {
        if (options.rehearsal) return []
        fence.check()
        return advanceSequences(connection, origins, table)
      }),
    advanceSequence: (facts) => inTurn(() => advanceSequence(connection, facts)),
    withRunLock: (request, work) => withRunLock(connection, request, work),
    withLease: async (lessee, work) => {
      if (!hasLedger()) return work(async () => undefined)
      const token = await inTurn(() => writeLease(connection, lessee))
      fence.token = token
      try {
        return await work((runId) => inTurn(() => nameRun(connection, token, runId)))
      } finally {
        fence.token = undefined
        await inTurn(() => removeLease(connection, token)).catch(() => undefined)
      }
    },
    clearLease: () => inTurn(() => clearLease(connection)),
    lockState: () =>
      guarded(async () => ({
        held: await isLocked(connection),
        lease: readLease(connection),
        backendPid: null,
      })),
    // A lock of the operating system goes with the process that holds it, and no other way.
    breakLock: async ({ lease }) => {
      throw lockedError(lease)
    },
    migrationState: (files) => guarded(() => migrationState(connection, files)),
    applyMigrations: (files, note) => inTurn(() => applyMigrations(connection, files, note)),
    close: () =>
      inTurn(() => {
        transactions.close()
        connection.close()
      }),
  }
}
