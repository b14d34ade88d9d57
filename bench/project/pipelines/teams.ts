import { definePipeline, uuidFrom } from 'carryover'
import { z } from 'zod'
import { teams } from '../schema.js'

export default definePipeline({
  name: 'teams',
  source: { files: '../data/teams.json' },
  record: z.object({ id: z.string(), slug: z.string() }),
  key: 'id',
  target: teams,
  columns: { id: uuidFrom('id'), slug: 'slug' },
})
