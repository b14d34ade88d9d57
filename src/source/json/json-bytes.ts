/** Bytes that structure JSON text. All are ASCII, so none can be a part of a longer UTF-8 character. */
export const QUOTE = 0x22
export const BACKSLASH = 0x5c
export const OPEN_OBJECT = 0x7b
export const OPEN_ARRAY = 0x5b
export const LINE_FEED = 0x0a
/** The only value that begins with an n is null. */
export const NULL_START = 0x6e
/** What RFC 7464 puts before each document of a sequence. */
export const RECORD_SEPARATOR = 0x1e

/** True for the byte that begins an array or an object. */
export function isContainerStart(byte: number): boolean {
  return byte === OPEN_ARRAY || byte === OPEN_OBJECT
}

/** True for the four bytes that RFC 8259 calls whitespace. */
export function isJsonSpace(byte: number): boolean {
  return byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09
}
