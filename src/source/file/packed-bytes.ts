/** The bytes of a packed file on their way to the unpacker, which need not want all of them. */
export class PackedBytes {
  /** How many bytes there are up to the last one that is not zero. */
  meaningfulBytes = 0
  #bytes = 0
  readonly #first: Buffer
  readonly #rest: AsyncGenerator<Buffer, void, undefined>

  constructor(first: Buffer, rest: AsyncGenerator<Buffer, void, undefined>) {
    this.#first = first
    this.#rest = rest
  }

  /** All pieces. Whoever stops early leaves the rest open for `readToEnd`, so this is no `yield*`. */
  async *pieces(): AsyncGenerator<Buffer, void, undefined> {
    let piece: Buffer | undefined = this.#count(this.#first)
    while (piece !== undefined) {
      yield piece
      piece = await this.#next()
    }
  }

  /** Reads what nobody wanted. */
  async readToEnd(): Promise<void> {
    while ((await this.#next()) !== undefined);
  }

  async #next(): Promise<Buffer | undefined> {
    const next = await this.#rest.next()
    return next.done ? undefined : this.#count(next.value)
  }

  #count(piece: Buffer): Buffer {
    let end = piece.length
    while (end > 0 && piece[end - 1] === 0) end -= 1
    if (end > 0) this.meaningfulBytes = this.#bytes + end
    this.#bytes += piece.length
    return piece
  }
}
