/** How the old system wrote decimals: `{ group: '.', decimal: ',' }` for `1.234,56`. */
export interface Separators {
  /** Between groups of three digits. A blank stands for the no-break and the thin ones too. Without it, none may be there. */
  readonly group?: string
  /** Before the fraction. */
  readonly decimal: string
}

/**
 * Decimal text with a point and no groups: `'1.234,56'` → `'1234.56'`; `undefined` for text that is not written with
 * these separators (`'12.34,5'`, `'1234.56'`).
 */
export function withoutSeparators(text: string, { group, decimal }: Separators): string | undefined {
  const integer = group === undefined ? '\\d*' : `\\d{1,3}(?:${oneOf(group)}\\d{3})+|\\d*`
  const [, sign, digits, fraction] =
    new RegExp(`^([+-]?)(${integer})(?:${oneOf(decimal)}(\\d*))?$`, 'u').exec(text) ?? []
  if (digits === undefined) return undefined
  return `${sign}${digits.replace(/\D/g, '')}.${fraction ?? ''}`
}

/** Why the separators cannot tell anything, `undefined` when they can. */
export function separatorsProblem({ group, decimal }: Separators): string | undefined {
  const separators = group === undefined ? [decimal] : [decimal, group]
  if (separators.some((separator) => !/^[^\d+-]$/u.test(separator)))
    return 'a separator is one character that is neither a digit nor a sign'
  return decimal === group ? 'the two separators are the same' : undefined
}

function oneOf(separator: string): string {
  return separator === ' ' ? '[ \\u00a0\\u2009\\u202f]' : separator.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
}
