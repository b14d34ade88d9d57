import { displayWidth } from './display-width.js'

/** A text cut to at most `width` cells of a terminal: `config.headers.acc…`. */
export function cutWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let cut = ''
  for (const character of text) {
    if (displayWidth(cut + character) >= width) break
    cut += character
  }
  return `${cut}…`
}
