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
  { path, displayPath, handle: opened }: FoundFile,
  onPiece: (piece: Buffer) => void,
): AsyncGenerator<Buffer, void, undefined> {
  let handle: FileHandle | undefined
  let position = 0
  try {
    handle = opened ?? (await open(path))
    let next = readPiece(handle, position)
    for (;;) {
      const piece = await next
      if (piece.length === 0) return
      // The next piece is fetched while the consumer works on this one.
      position += piece.length
      next = readPiece(handle, position)
      onPiece(piece)
      yield piece
    }
  } catch (error) {
    throw unreadableFault(displayPath, error)
  } finally {
    if (handle !== opened) await handle?.close()
  }
}

/** Each piece by its position: several readers may share a file that is open already. */
function readPiece(handle: FileHandle, position: number): Promise<Buffer> {
  const piece = handle
    .read(Buffer.allocUnsafeSlow(PIECE_BYTES), 0, PIECE_BYTES, position)
    .then(({ buffer, bytesRead }) => buffer.subarray(0, bytesRead))
  // Nobody awaits the piece read ahead when the consumer stops; whoever does await it still gets the error.
  piece.catch(() => {})
  return piece
}
