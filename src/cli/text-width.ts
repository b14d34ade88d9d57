import type { Output } from './surroundings.js'

const usual = 100
const least = 60
const most = 120

/** How many cells a line of text may take on a stream: those of the terminal, within reason; 100 where there is none. */
export function textWidth({ isTTY, columns }: Output): number {
  // Some pseudo-terminals say that they have no column at all.
  if (isTTY !== true || columns === undefined || columns === 0) return usual
  return Math.min(Math.max(columns, least), most)
}
