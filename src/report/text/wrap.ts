import { displayWidth } from './display-width.js'

/** A text as lines of at most `width` cells, broken between words; a mark stands before the first, the margin before the others. */
export function wrap(
  text: string,
  width: number,
  mark = '',
  margin = ' '.repeat(displayWidth(mark)),
): string[] {
  const lines: string[] = []
  let line = mark
  let empty = true
  for (const word of text.split(' ')) {
    if (!empty && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line)
      line = margin
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, line]
}
