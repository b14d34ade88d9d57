import { definePipeline } from 'carryover'
import organizations from '../organizations.js'

/** The same organizations, exported again: other UUIDs, the same slugs. */
export default definePipeline({
  ...organizations,
  source: { files: '../../data-samples/second-export/organizations.json' },
  limits: { rejects: 0 },
})
