import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, onTestFinished, TestRunner } from 'vitest'
import { askServer } from './ask-server.js'
import { defaultMajor, type PostgresMajor } from './majors.js'
import { serverUrl } from './server-url.js'

/** An empty database of its own. */
export interface FreshDatabase {
  url: string
  major: PostgresMajor
  /** The rows; as the superuser `postgres`. */
  query<Row extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    params?: unknown[],
  ): Promise<Row[]>
  /** Called by itself at the end; a second call does nothing. */
  drop(): Promise<void>
}

const ofThisFile: FreshDatabase[] = []

afterAll(async () => {
  await Promise.all(ofThisFile.map((database) => database.drop()))
})

/**
 * Creates a database (some 40 ms). Made inside a test it is dropped when that test has finished; made elsewhere, or in a
 * concurrent test, when the file has. Who is still connected then is disconnected.
 */
export async function freshDatabase(major: PostgresMajor = defaultMajor): Promise<FreshDatabase> {
  const server = await serverUrl(major)
  const name = `test_${randomBytes(6).toString('hex')}`
  await askServer(server, `create database ${name}`)

  const url = Object.assign(new URL(server), { pathname: name }).href
  const pool = new pg.Pool({ connectionString: url, max: 2, idleTimeoutMillis: 1_000, allowExitOnIdle: true })
  pool.on('error', () => {}) // A test may end connections on purpose; the next query says so if it matters.

  let dropped: Promise<void> | undefined
  const database: FreshDatabase = {
    url,
    major,
    async query<Row extends pg.QueryResultRow>(text: string, params?: unknown[]) {
      return (await pool.query<Row>(text, params)).rows
    },
    drop() {
      dropped ??= pool
        .end()
        .then(() => askServer(server, `drop database if exists ${name} with (force)`))
        .then(() => undefined)
      return dropped
    },
  }

  // Vitest does not know which of several concurrent tests is asking.
  const test = TestRunner.getCurrentTest()
  if (test !== undefined && !test.concurrent) onTestFinished(() => database.drop())
  else ofThisFile.push(database)
  return database
}
