import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProcess, type Measured } from '../measure/run-process.js'

/** Whether this machine has it. */
export const hasPgloader = spawnSync('pgloader', ['--version']).status === 0

/** Loads a file as COPY takes it into a table whose columns are in the same order. */
export async function pgloader(folder: string, url: string, table: string): Promise<Measured> {
  const { hostname, port, username, pathname } = new URL(url)
  const command = join(folder, 'pgloader.load')
  await writeFile(
    command,
    `load copy
     from copy://${join(folder, `${table}.copy`)}
     into postgresql://${username}@${hostname}:${port}${pathname}
     target table public.${table}
     with batch rows = 25000;
`,
  )
  return runProcess('pgloader', ['--on-error-stop', command], { cwd: folder })
}
