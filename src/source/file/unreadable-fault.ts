import { SourceError } from '../../errors.js'

const REASONS: Record<string, { reason: string; hint: string }> = {
  EACCES: { reason: 'permission denied', hint: 'Give the user that runs this the right to read it.' },
  EPERM: { reason: 'permission denied', hint: 'Give the user that runs this the right to read it.' },
  EISDIR: {
    reason: 'it is a folder',
    hint: "Name the files in it, for example with the glob 'folder/*.json'.",
  },
  ENOENT: { reason: 'it is gone', hint: 'Do not move or delete the files of a source while it is read.' },
  EMFILE: { reason: 'too many files are open', hint: 'Raise the limit of open files (ulimit -n).' },
}

/** A file that the operating system does not let us read. */
export function unreadableFault(displayPath: string, error: unknown): SourceError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
  const { reason, hint } = REASONS[code] ?? {
    reason: code,
    hint: 'Look whether the disk and the file are in order.',
  }
  return new SourceError('source.unreadable', `${displayPath} cannot be read: ${reason}`, {
    hint,
    cause: error,
  })
}
