import { amount } from '../words/amount.js'
import type { LogEntry } from './log-entry.js'

const most = 100

/** The first hundred entries, and a line that counts the others: a platform drops what comes too fast. */
export function atMost(entries: LogEntry[], noun: string, plural?: string): LogEntry[] {
  const more = entries.length - most
  if (more <= 0) return entries
  return [...entries.slice(0, most), { level: 'warn', message: `and ${amount(more, noun, plural)} more` }]
}
