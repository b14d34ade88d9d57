import type { Option } from 'commander'
import { numberOption } from './number-option.js'

/** The flag of the commands that go through the records. */
export interface BatchFlags {
  batch?: number
}

export function batchOption(): Option {
  return numberOption('--batch <records>', 'records per batch', 1)
}
