import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.js'

/** A transaction pooler before a server. */
export interface Pooler {
  /** The URL of a database of the server, through the pooler. */
  through(url: string): string
  stop(): Promise<void>
}

const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find(existsSync)

/** True where PgBouncer is not installed: what needs it is skipped, and says so. */
export const noPooler = program === undefined

/** What the title of a skipped test ends with. */
export const unlessTested = noPooler ? ': NOT TESTED, PgBouncer is not installed' : ''

if (noPooler) {
  console.warn(
    'PgBouncer is not installed: the lock and whole runs BEHIND A TRANSACTION POOLER are NOT tested.',
  )
  console.warn('Install it with: apt-get install -y pgbouncer')
}

/** It refuses root: it then runs as this user, `nobody`. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined
const startTimeoutMs = 20_000

/** It reads a pipe that this process holds: when that closes, however this process ended, it is ended and its files are removed. */
const keepPooler = `
  exec 3<&0
  "$1" -q "$2/pgbouncer.ini" 3<&- &
  pooler=$!
  read -r _ <&3
  kill -9 "$pooler"
  rm -rf "$2"
`

/**
 * Starts PgBouncer in transaction mode before the server of `url`, whichever of its databases is asked for.
 * @throws Error with its last words when it does not come up
 */
export async function startPooler(url: string): Promise<Pooler> {
  const directory = await mkdtemp(join(unprivileged ? '/tmp' : tmpdir(), 'carryover-pgbouncer-'))
  const port = await freePort()
  await writeFile(join(directory, 'users.txt'), '"postgres" ""\n')
  await writeFile(
    join(directory, 'pgbouncer.ini'),
    `[databases]
* = host=127.0.0.1 port=${new URL(url).port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
pool_mode = transaction
auth_type = trust
auth_file = ${directory}/users.txt
`,
  )
  if (unprivileged !== undefined) {
    for (const name of ['', 'users.txt', 'pgbouncer.ini'])
      await chown(join(directory, name), unprivileged.uid, unprivileged.gid)
  }
  const keeper = spawn('/bin/sh', ['-c', keepPooler, 'keep-pooler', program ?? 'pgbouncer', directory], {
    ...unprivileged,
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  })
  let said = ''
  keeper.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)))
  const stop = async () => {
    if (keeper.exitCode !== null || keeper.signalCode !== null) return
    const ended = once(keeper, 'exit')
    keeper.stdin.end()
    await ended
  }
  const through = (database: string) => Object.assign(new URL(database), { port: String(port) }).href
  if (!(await answers(through(url)))) {
    await stop()
    throw new Error(`PgBouncer did not start on port ${port}. It said last:\n${said}`)
  }
  return { through, stop }
}

async function answers(url: string): Promise<boolean> {
  const giveUpAt = performance.now() + startTimeoutMs
  while (performance.now() < giveUpAt) {
    const client = new pg.Client(url)
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return true
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return false
}
