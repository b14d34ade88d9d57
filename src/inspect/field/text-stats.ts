import { Characters, type TextScan } from '../text/scan-text.js'
import type { Range } from './field-profile.js'

/** Lengths of texts, and what in them may give trouble later. */
export class TextStats {
  empty = 0
  outerSpaces = 0
  loneSurrogates = 0
  nulCharacters = 0
  notNormalized = 0
  readonly #characters: Range<number> = { min: Infinity, max: 0 }
  readonly #bytes: Range<number> = { min: Infinity, max: 0 }

  add(text: string, scan: TextScan): void {
    if (text === '') {
      this.empty += 1
      return
    }
    widen(this.#characters, scan.characters)
    widen(this.#bytes, scan.bytes)
    if (scan.hasNul) this.nulCharacters += 1
    if (scan.hasLoneSurrogate) this.loneSurrogates += 1
    if ((scan.kinds & (Characters.space | Characters.wide)) !== 0 && text !== text.trim())
      this.outerSpaces += 1
    if ((scan.kinds & Characters.wide) !== 0 && text !== text.normalize('NFC')) this.notNormalized += 1
  }

  get characters(): Range<number> | null {
    return this.#bytes.max === 0 ? null : this.#characters
  }

  get bytes(): Range<number> | null {
    return this.#bytes.max === 0 ? null : this.#bytes
  }
}

function widen(range: Range<number>, value: number): void {
  if (value < range.min) range.min = value
  if (value > range.max) range.max = value
}
