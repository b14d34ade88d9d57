import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, stat, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askServer } from '../postgres/ask-server.js'
import { startMortalServer } from '../postgres/mortal-server.js'
import { layCrashGround, type CrashGround } from './crash/crash-ground.js'
import { scale } from './crash/scale.js'

const records = Math.ceil(scale.records / 2)
const batch = Math.ceil(records / 20)

test('SQLite: a file that cannot grow ends the run and says so; when there is room, the next run finishes', async () => {
  const ground = await layCrashGround('sqlite', { records, batch })
  onTestFinished(() => ground.close())
  const { size } = await stat(join(ground.dir, 'kept.sqlite'))
  for (const part of [0.1, 0.4, 0.8]) {
    await ground.database.restore()
    // The journal grows to about the size of what is changed; the unit is 512 bytes.
    const full = await ground.start({ shell: `ulimit -f ${Math.ceil((size * part) / 512)}` }).ended
    expect(full.code, full.stderr).toBe(1)
    expect(full.report?.errors).toEqual([
      {
        code: expect.stringMatching(/^database\.(full|io)$/),
        message: expect.any(String),
        hint: expect.stringContaining('space'),
      },
    ])
    await expectFinishedByNextRun(ground)
  }
}, 600_000)

// A disk that is really full is a file system of its own, which only root may mount.
test.skipIf(!mayMount())(
  'Postgres: a disk that is full ends the run and says so; when there is room, the next run finishes',
  async () => {
    const disk = await mkdtemp(join(tmpdir(), 'carryover-disk-'))
    asRoot('mount', '-t', 'tmpfs', '-o', 'size=1g,mode=700,uid=65534,gid=65534', 'tmpfs', disk)
    onTestFinished(async () => {
      asRoot('umount', '--lazy', disk)
      await rm(disk, { recursive: true })
    })
    const server = await startMortalServer()
    onTestFinished(() => server.remove())
    await askServer(server.url, `create tablespace small location '${disk}'`)
    const ground = await layCrashGround('postgres', {
      records,
      batch,
      server: server.url,
      tablespace: 'small',
    })
    onTestFinished(() => ground.close())

    await askServer(server.url, 'checkpoint')
    const { blocks, bfree, bsize } = await statfs(disk)
    asRoot('mount', '-o', `remount,size=${(blocks - bfree) * bsize + 16_384}`, disk)
    const full = await ground.start().ended
    asRoot('mount', '-o', 'remount,size=1g', disk)
    expect(full.code, full.stderr).toBe(1)
    expect(full.report?.errors).toEqual([
      { code: 'database.full', message: expect.any(String), hint: expect.stringContaining('space') },
    ])
    await expectFinishedByNextRun(ground)
  },
  600_000,
)

async function expectFinishedByNextRun(ground: CrashGround): Promise<void> {
  const next = await ground.run()
  expect([next.exitCode, next.errors]).toEqual([ground.undisturbed.ended.code, []])
  expect(await ground.difference()).toEqual({})
}

function asRoot(command: string, ...args: string[]): void {
  execFileSync(command, args)
}

function mayMount(): boolean {
  const may = process.platform === 'linux' && process.getuid?.() === 0
  if (!may) console.warn('Only root can mount a small disk: a full one under Postgres is not tested.')
  return may
}
