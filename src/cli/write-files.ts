import { resolve } from 'node:path'
import type { AnyReport, ReportFile } from './command-spec.js'

/** Writes the files of a report, and answers which were written; one that cannot be becomes an error of the report. */
export async function writeFiles<Report extends AnyReport>(
  report: Report,
  files: readonly ReportFile[],
  cwd: string,
): Promise<{ report: Report; written: string[] }> {
  const errors: AnyReport['errors'] = []
  const written: string[] = []
  for (const { path, text } of files) {
    const reason = await tryToWrite(resolve(cwd, path), text)
    if (reason === undefined) written.push(path)
    else
      errors.push({
        code: 'report.not_written',
        message: `The report could not be written to ${path} (${reason}).`,
        hint: 'Name a file in a folder that is there and may be written to.',
      })
  }
  if (errors.length === 0) return { report, written }
  const failed = {
    status: 'failed',
    exitCode: report.exitCode === 0 || report.exitCode === 2 ? 1 : report.exitCode,
  }
  return { report: { ...report, ...failed, errors: [...report.errors, ...errors] }, written }
}

/** The system's word for why not (`ENOENT`), or undefined when it was written. */
async function tryToWrite(path: string, text: string): Promise<string | undefined> {
  const { writeFile } = await import('node:fs/promises')
  try {
    await writeFile(path, text)
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown reason'
  }
}
