import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './free-port.js'
import type { PostgresMajor } from './majors.js'
import { placeServerBinaries } from './server-binaries.js'

/** A running server; everybody on this machine may connect as `postgres`. */
export interface PostgresServer {
  major: PostgresMajor
  /** Of the database `postgres`, as its superuser. */
  url: string
  /** Ends the server as a crash does and starts it again, on the same port with the same files. */
  crash(): Promise<void>
  /** Ends the server and removes its files. */
  stop(): Promise<void>
}

const startTimeoutMs = 60_000
const keptOutputCharacters = 8_000

const fast = '-c fsync=off -c synchronous_commit=off -c full_page_writes=off'
const durable = '-c shared_buffers=512MB -c max_wal_size=4GB'

/** The server refuses to run as root: it then runs as this user, `nobody`. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined

/**
 * What the server lives in. It reads a pipe that this process holds: a line says that the files are in place, and when the
 * pipe closes, however this process ended, the server is ended and its files are removed. The descriptor is duplicated
 * because a shell gives background commands an empty input. A server that ends is started again where a file asks for it.
 */
const keepServer = `
  directory=$1; port=$2; settings=$3
  exec 3<&0
  trap 'cd /; rm -rf "$directory"' EXIT
  cd "$directory"
  read -r _ || exit 1
  export HOME="$directory" LC_ALL=C TZ=UTC
  bin/initdb --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C \\
    --locale-provider=icu --icu-locale=und --no-sync --no-instructions >&2 3<&- || exit 1
  { read -r _ <&3; rm -f again; while kill -QUIT "$(cat pid)"; do sleep 0.1; done; } 2>/dev/null &
  while :; do
    bin/postgres -D data -p "$port" \\
      -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=100 \\
      $settings \\
      -c log_min_messages=log -c log_checkpoints=off -c timezone=UTC -c log_timezone=UTC 3<&- &
    echo $! >pid
    wait $!
    status=$?
    rm again 2>/dev/null || exit $status
  done
`

/**
 * Creates a database cluster in a temporary directory and starts its server on a free port of 127.0.0.1.
 *
 * The collation is ICU's root: letters beyond ASCII have an upper and a lower case, on every platform the same.
 *
 * @param options.settings further `-c name=value`
 * @param options.durable keep what is committed through a crash, as a real server does; tests need not wait for that
 * @throws Error with what the server said last, when it does not come up.
 */
export async function startServer(
  major: PostgresMajor,
  options: { durable?: boolean; settings?: string } = {},
): Promise<PostgresServer> {
  const directory = await mkdtemp(join(unprivileged ? '/tmp' : tmpdir(), `carryover-postgres-${major}-`))
  if (unprivileged) await chown(directory, unprivileged.uid, unprivileged.gid)
  const port = await freePort()
  const settings = `${options.durable === true ? durable : fast} ${options.settings ?? ''}`
  const keeper = spawn('/bin/sh', ['-c', keepServer, 'keep-server', directory, String(port), settings], {
    ...unprivileged,
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true, // Ctrl-C in a terminal reaches the whole group, and would end the shell before it has cleaned up.
  })
  const output = lastOutput(keeper)
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  try {
    await placeServerBinaries(major, directory, unprivileged)
    keeper.stdin.write('in place\n')
    await answering(url, keeper)
  } catch (cause) {
    await stop(keeper)
    throw new Error(
      `Postgres ${major} did not start on port ${port}: ${(cause as Error).message}. It said last:\n${output()}`,
      { cause },
    )
  }
  const crash = async () => {
    await writeFile(join(directory, 'again'), '')
    const pid = Number(await readFile(join(directory, 'pid'), 'utf8'))
    process.kill(pid, 'SIGQUIT')
    while (Number(await readFile(join(directory, 'pid'), 'utf8')) === pid) await sleep(10)
    await answering(url, keeper)
  }
  return { major, url, crash, stop: () => stop(keeper) }
}

function lastOutput(keeper: ChildProcess): () => string {
  let text = ''
  keeper.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-keptOutputCharacters)
  })
  return () => text.trim() || '(nothing)'
}

/** Resolves when the server accepts connections. */
async function answering(url: string, keeper: ChildProcess): Promise<void> {
  const giveUpAt = Date.now() + startTimeoutMs
  for (;;) {
    if (hasEnded(keeper))
      throw new Error(`initdb or the server ended with ${keeper.exitCode ?? keeper.signalCode}`)
    const client = new pg.Client(url)
    client.on('error', () => {})
    try {
      await client.connect()
      return await client.end()
    } catch (cause) {
      if (Date.now() > giveUpAt) throw new Error(`no connection within ${startTimeoutMs} ms`, { cause })
      await sleep(25)
    }
  }
}

async function stop(keeper: ChildProcess): Promise<void> {
  if (hasEnded(keeper)) return
  const ended = once(keeper, 'exit')
  keeper.stdin?.end()
  await ended
}

function hasEnded(keeper: ChildProcess): boolean {
  return keeper.exitCode !== null || keeper.signalCode !== null
}
