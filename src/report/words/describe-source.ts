import type { PipelineReport } from '../../run/run-report.js'
import { stripControls } from '../strip-controls.js'
import { amount } from './amount.js'
import { bytes } from './bytes.js'

/** What came in: `312 records from data/users.json (1.3 MB)`. */
export function describeSource({ files, records }: PipelineReport['source']): string {
  const read = amount(records, 'record')
  const [first] = files
  if (first === undefined) return read
  const size = bytes(files.reduce((sum, file) => sum + file.bytes, 0))
  const from = files.length === 1 ? stripControls(first.path) : amount(files.length, 'file')
  return `${read} from ${from} (${size})`
}
