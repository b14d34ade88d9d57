import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './free-port.js'
import { defaultMajor } from './majors.js'
import { placeServerBinaries } from './server-binaries.js'

/** A server of a test's own, which can be killed and started again on the same files. It keeps what it commits. */
export interface MortalServer {
  /** Of the database `postgres`; the same after every start. */
  readonly url: string
  start(): Promise<void>
  /** Ends it as the out-of-memory killer does: it and all its children, at once. */
  kill(): Promise<void>
  /** Kills it and removes its files. */
  remove(): Promise<void>
}

/** The server refuses to run as root: it then runs as this user, `nobody`. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined

/**
 * Obeys one word a line: `init` and `start`. When its input closes, however this process ended, the server
 * is ended and its files are removed. The numbers of the server's process stand in the file `pid`.
 */
const keepServer = `
  directory=$1; port=$2
  server=; trap '[ -n "$server" ] && kill -QUIT "$server" && wait "$server"; cd /; rm -rf "$directory"' EXIT
  cd "$directory"; export HOME="$directory" LC_ALL=C TZ=UTC
  while read -r word; do
    case $word in
      init) bin/initdb --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C --wal-segsize=1 \\
              --no-sync --no-instructions >/dev/null 2>&1 </dev/null || exit 1 ;;
      start) bin/postgres -D data -p "$port" -c listen_addresses=127.0.0.1 \\
                 -c unix_socket_directories= -c fsync=on -c synchronous_commit=on -c min_wal_size=2MB </dev/null >log 2>&1 &
             server=$!; echo "$server" >pid ;;
    esac
  done
`

/** Creates the files of a server of the newest major and starts it. */
export async function startMortalServer(): Promise<MortalServer> {
  const directory = await mkdtemp(join(unprivileged ? '/tmp' : tmpdir(), 'carryover-mortal-'))
  if (unprivileged) await chown(directory, unprivileged.uid, unprivileged.gid)
  const port = await freePort()
  await placeServerBinaries(defaultMajor, directory, unprivileged)
  const keeper = spawn('/bin/sh', ['-c', keepServer, 'keep-server', directory, String(port)], {
    ...unprivileged,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true, // Ctrl-C in a terminal reaches the whole group, and would end the shell before it has cleaned up.
  })
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const server: MortalServer = {
    url,
    start: async () => {
      // A process that serves a dead server's client for a moment longer keeps a new server from starting.
      for (let attempt = 1; ; attempt += 1) {
        keeper.stdin.write('start\n')
        if (await answers(url)) return
        if (attempt === 10)
          throw new Error(`the server does not start: ${await readFile(join(directory, 'log'), 'utf8')}`)
      }
    },
    kill: async () => {
      const pid = Number(await readFile(join(directory, 'pid'), 'utf8'))
      for (const child of [pid, ...childrenOf(pid)]) killIfThere(child)
      while (isThere(pid)) await sleep(10)
    },
    remove: async () => {
      const ended = once(keeper, 'exit')
      keeper.stdin.end()
      await ended
    },
  }
  keeper.stdin.write('init\n')
  await server.start()
  return server
}

async function answers(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const client = new pg.Client(url)
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return true
    } catch {
      await sleep(50)
    }
  }
  return false
}

function childrenOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  return lines
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []))
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself in between.
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // Dead, and the shell that keeps it has not asked for it yet.
    return !/^\s*Z/.test(execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }))
  } catch {
    return false
  }
}
