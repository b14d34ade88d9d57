import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openSqlite } from '../../../src/target/sqlite/open-sqlite.js'
import type { Target, TargetOptions } from '../../../src/target/target.js'

/** The path of a file that does not exist yet, in a directory that is removed after the test. */
export function temporaryFile(name = 'target.sqlite'): string {
  const directory = mkdtempSync(join(tmpdir(), 'carryover-sqlite-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  return join(directory, name)
}

/** A target that is closed after the test. */
export async function openTarget(path: string, options: Partial<TargetOptions> = {}): Promise<Target> {
  const target = await openSqlite(path, {
    lockTimeoutMs: 100,
    statementTimeoutMs: 0,
    rehearsal: false,
    readOnly: false,
    ...options,
  })
  onTestFinished(() => target.close())
  return target
}
