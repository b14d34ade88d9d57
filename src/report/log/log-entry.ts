/** One line of a log: what a deploy platform shows, sorts and searches. */
export interface LogEntry {
  level: 'info' | 'warn' | 'error'
  message: string
  [field: string]: unknown
}
