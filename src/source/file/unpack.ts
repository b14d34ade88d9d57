import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { SourceError, type SourceLocation } from '../../errors.js'
import { PackedBytes } from './packed-bytes.js'
import { sourceFault } from '../source-fault.js'

const PIECE_BYTES = 256 * 1024

/**
 * The text of a file: unpacked when it is gzip, as its first bytes tell, and as it is otherwise.
 *
 * @param place says how far the text was read, for the error
 * @throws SourceError when the packed bytes are damaged, or when `isNamedGzip` and they are no gzip
 */
export async function* unpack(
  stored: AsyncGenerator<Buffer, void, undefined>,
  { isNamedGzip, place }: { isNamedGzip: boolean; place: () => SourceLocation },
): AsyncGenerator<Buffer, void, undefined> {
  try {
    const first = (await stored.next()).value ?? Buffer.alloc(0)
    if (first[0] === 0x1f && first[1] === 0x8b) {
      yield* gunzip(first, stored, place)
    } else if (isNamedGzip) {
      throw sourceFault('source.gzip', place(), 'expected gzip, as the name says, found something else', {
        hint: 'Rename the file when it is not packed; otherwise copy it again.',
      })
    } else {
      yield first
      yield* stored
    }
  } finally {
    await stored.return()
  }
}

async function* gunzip(
  first: Buffer,
  rest: AsyncGenerator<Buffer, void, undefined>,
  place: () => SourceLocation,
): AsyncGenerator<Buffer, void, undefined> {
  const packed = new PackedBytes(first, rest)
  const unpacked = createGunzip({ chunkSize: PIECE_BYTES })
  // An error of either stream reaches the loop below: pipeline destroys both with it.
  pipeline(Readable.from(packed.pieces(), { objectMode: false }), unpacked, () => {})
  try {
    for await (const piece of unpacked) yield piece as Buffer
  } catch (error) {
    if (error instanceof SourceError) throw error
    throw damaged(place(), error)
  }
  // zlib stops at the first zero byte behind the data. Padding with zeros is common; anything else would be lost.
  await packed.readToEnd()
  if (packed.meaningfulBytes > unpacked.bytesWritten) throw damaged(place())
}

function damaged(location: SourceLocation, cause?: unknown): SourceError {
  return sourceFault('source.gzip', location, 'the gzip data behind this place is damaged or cut off', {
    hint: 'Copy the file again, and look at it with gzip -t.',
    cause,
  })
}
