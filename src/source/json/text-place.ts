import { LINE_FEED } from './json-bytes.js'

/** A place in a text, whichever file it is of. */
export interface TextPlace {
  /** 1-based. */
  line: number
  /** 1-based, counted in bytes. */
  column: number
  /** 0-based offset. */
  byte: number
}

/** Where every text begins. */
export const TEXT_START: TextPlace = { line: 1, column: 1, byte: 0 }

/** The place of the byte at an index of a text that begins at `start`. */
export function placeIn(bytes: Uint8Array, index: number, start: TextPlace): TextPlace {
  let { line } = start
  let lineFeed = -1
  for (let at = bytes.indexOf(LINE_FEED); at !== -1 && at < index; at = bytes.indexOf(LINE_FEED, at + 1)) {
    line += 1
    lineFeed = at
  }
  const column = lineFeed === -1 ? start.column + index : index - lineFeed
  return { line, column, byte: start.byte + index }
}
