/// <reference lib="es2024.string" />

/** What is to be changed about a text. What is not named stays as it is. */
export interface CleanSpec {
  /** Takes white space away: at both ends, or at one. */
  readonly trim?: boolean | 'start' | 'end'
  /** One of the normal forms of Unicode (UAX 15). `NFKC` and `NFKD` give up what sets look-alikes apart. */
  readonly normalize?: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'
  /** By the rules of Unicode that hold in every language. */
  readonly case?: 'lower' | 'upper'
  /** Text that is empty, at last, is no value. */
  readonly empty?: 'null'
  /** Takes NUL characters out, which Postgres does not store. */
  readonly nul?: 'strip'
  /** Puts U+FFFD in the place of halves of surrogate pairs, which UTF-8 cannot express. */
  readonly surrogates?: 'replace'
}

/** The text with what is declared done to it: `(' ADA\0 ', { nul: 'strip', trim: true, case: 'lower' })` → `'ada'`. */
export function cleanText(text: string, spec: CleanSpec): string | null {
  let clean = text
  if (spec.nul === 'strip') clean = clean.replaceAll('\0', '')
  if (spec.surrogates === 'replace') clean = clean.toWellFormed()
  if (spec.case !== undefined) clean = spec.case === 'lower' ? clean.toLowerCase() : clean.toUpperCase()
  // After the case, which may undo a normal form, and before the blanks, which a normal form may bring in.
  if (spec.normalize !== undefined) clean = clean.normalize(spec.normalize)
  if (spec.trim === true || spec.trim === 'start') clean = clean.trimStart()
  if (spec.trim === true || spec.trim === 'end') clean = clean.trimEnd()
  return clean === '' && spec.empty === 'null' ? null : clean
}
