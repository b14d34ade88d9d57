const INDEX_BITS = 14
const REGISTERS = 2 ** INDEX_BITS
/** Flajolet, Fusy, Gandouet, Meunier: HyperLogLog (2007), figure 3. */
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS)
const LOW_BITS = 32

/**
 * About how many different 53-bit hashes were added, in 16 KiB whatever their number.
 * The standard error is 1.04 / √16384 = 0.8 %; 53 bits are enough that large counts need no correction.
 */
export class HyperLogLog {
  readonly #registers = new Uint8Array(REGISTERS)

  add(hash: number): void {
    const index = hash & (REGISTERS - 1)
    const rank = rankOf(Math.floor(hash / REGISTERS))
    if (rank > this.#registers[index]!) this.#registers[index] = rank
  }

  estimate(): number {
    let sum = 0
    let empty = 0
    for (const rank of this.#registers) {
      sum += 2 ** -rank
      if (rank === 0) empty += 1
    }
    const raw = (ALPHA * REGISTERS ** 2) / sum
    // Few values leave registers empty, and how many of them tells more than their ranks (linear counting).
    const isSmall = raw <= 2.5 * REGISTERS && empty > 0
    return Math.round(isSmall ? REGISTERS * Math.log(REGISTERS / empty) : raw)
  }
}

/** The position of the lowest bit that is set, from 1; of 39 bits. */
function rankOf(bits: number): number {
  const low = bits >>> 0
  if (low !== 0) return trailingZeros(low) + 1
  const high = Math.floor(bits / 2 ** LOW_BITS)
  return high === 0 ? 40 : LOW_BITS + trailingZeros(high) + 1
}

function trailingZeros(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
