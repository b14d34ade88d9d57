import { displayWidth } from './display-width.js'
import { wrap } from './wrap.js'

/** Items apart by commas as lines of at most `width` cells, broken between items; a long item between its words. */
export function wrapList(items: readonly string[], width: number): string[] {
  const lines: string[] = []
  items.forEach((item, index) => {
    const text = index === items.length - 1 ? item : `${item},`
    const last = lines.at(-1)
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(text) <= width) {
      lines[lines.length - 1] = `${last} ${text}`
    } else lines.push(...wrap(text, width))
  })
  return lines
}
