import { Option } from 'commander'

/** The option that takes the open rejects for the records. */
export function rejectsOption(): Option {
  return new Option('--rejects', 'replay the rejects that are open, from the ledger; no source is read')
}
