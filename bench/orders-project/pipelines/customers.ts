import { definePipeline, uuidFrom } from 'carryover'
import { z } from 'zod'
import { customers } from '../schema.js'

export default definePipeline({
  name: 'customers',
  source: { files: '../data/customers.json' },
  record: z.object({ id: z.string(), email: z.string() }),
  key: 'id',
  target: customers,
  columns: { id: uuidFrom('id'), email: 'email' },
})
