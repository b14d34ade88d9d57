import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UsageError } from '../errors.js'
import type { Ledger, RejectRow } from '../target/ledger.js'
import type { RejectsReport } from './command-reports.js'
import { replaceFile } from './replace-file.js'
import { withCopies } from './with-copies.js'

type Exported = NonNullable<RejectsReport['exported']>

/**
 * Writes the records of rejects as NDJSON, each exactly as it was, to a file, to a file of each pipeline in a folder (`bad/` →
 * `bad/users.ndjson`; made where it is not there), or to whoever takes the lines.
 * @throws UsageError `usage.several_pipelines` when one file would hold the records of several pipelines
 * @throws UsageError `usage.cannot_write`, and `usage.stdout_taken` for `-`, which only the command line can write to
 */
export async function exportRejects(
  ledger: Ledger,
  rows: readonly RejectRow[],
  to: string | ((lines: string) => void),
  cwd: string,
): Promise<Exported> {
  if (to === '-') throw stdoutTaken()
  const exact = rows.filter(({ copy }) => copy === 'exact')
  const left = rows.length - exact.length
  const pipelines = [...new Set(rows.map(({ pipeline }) => pipeline))]
  const files: Exported['files'] = []
  const isFolder = typeof to === 'string' && /[\\/]$/.test(to)
  if (!isFolder && pipelines.length > 1) throw severalPipelines(pipelines)
  if (typeof to === 'function') {
    for await (const lines of linesOf(ledger, exact)) to(lines)
    files.push({ path: '-', records: exact.length })
  } else if (isFolder) {
    if (exact.length > 0) await makeFolder(to)
    for (const pipeline of pipelines) {
      const own = exact.filter((row) => row.pipeline === pipeline)
      if (own.length > 0) await write(join(to, `${pipeline.replaceAll(/[^\w.-]/g, '_')}.ndjson`), own)
    }
  } else await write(to, exact)
  return { files, left }

  async function makeFolder(path: string): Promise<void> {
    await mkdir(resolve(cwd, path), { recursive: true }).catch((error: unknown) => {
      throw cannotWrite(path, error)
    })
  }

  async function write(path: string, own: readonly RejectRow[]): Promise<void> {
    await replaceFile(resolve(cwd, path), linesOf(ledger, own)).catch((error: unknown) => {
      throw cannotWrite(path, error)
    })
    files.push({ path, records: own.length })
  }
}

async function* linesOf(ledger: Ledger, rows: readonly RejectRow[]): AsyncGenerator<string> {
  for await (const page of withCopies(ledger, rows))
    yield page.map(({ copy }) => `${copy?.record ?? 'null'}\n`).join('')
}

function stdoutTaken(): UsageError {
  return new UsageError('usage.stdout_taken', 'The records cannot be written to `-` beside the report.', {
    hint: 'Name a file, or leave `--json` out.',
  })
}

function severalPipelines(pipelines: readonly string[]): UsageError {
  return new UsageError(
    'usage.several_pipelines',
    `The rejects belong to ${pipelines.length} pipelines (${pipelines.join(', ')}), whose records cannot stand in one file.`,
    { hint: 'Name one of them, or a folder, with a slash at its end: each pipeline gets a file in it.' },
  )
}

function cannotWrite(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined || (error as { syscall?: unknown }).syscall === undefined) return error
  return new UsageError('usage.cannot_write', `The records could not be written to ${path} (${code}).`, {
    hint: 'Name a file in a folder that is there and may be written to.',
    cause: error,
  })
}
