import { open, type FileHandle } from 'node:fs/promises'
import type { FoundFile } from './find-files.js'
import { unreadableFault } from './unreadable-fault.js'

const PIECE_BYTES = 256 * 1024

/**
 * The bytes of a file as it is stored, in pieces; the file is closed when the consumer stops early, too.
 *
 * @param onPiece is told of each piece as it is handed out
 * @throws SourceError when the file cannot be opened or read
 */
export async function* readStoredBytes(
  { path, displayPath }: FoundFile,
  onPiece: (piece: Buffer) => void,
): AsyncGenerator<Buffer, void, undefined> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path)
    let next = readPiece(handle)
    for (;;) {
      const piece = await next
      if (piece.length === 0) return
      // The next piece is fetched while the consumer works on this one.
      next = readPiece(handle)
      onPiece(piece)
      yield piece
    }
  } catch (error) {
    throw unreadableFault(displayPath, error)
  } finally {
    await handle?.close()
  }
}

function readPiece(handle: FileHandle): Promise<Buffer> {
  const piece = handle
    .read(Buffer.allocUnsafeSlow(PIECE_BYTES), 0, PIECE_BYTES)
    .then(({ buffer, bytesRead }) => buffer.subarray(0, bytesRead))
  // Nobody awaits the piece read ahead when the consumer stops; whoever does await it still gets the error.
  piece.catch(() => {})
  return piece
}
