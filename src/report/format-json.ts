/** What JSON.stringify leaves as it is and a terminal would act upon: DEL, C1 controls, bidi marks, separators. */
const unescaped = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** JSON text on one line, or indented; the same value when parsed, and safe to show: `\u009b` is written out. */
export function formatJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    unescaped,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
