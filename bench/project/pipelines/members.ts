import { definePipeline, json, reference, timestamp, uuidFrom } from 'carryover'
import { z } from 'zod'
import { members } from '../schema.js'
import teams from './teams.js'

export default definePipeline({
  name: 'members',
  source: { files: '../data/members.json' },
  record: z.object({
    id: z.string(),
    email: z.string(),
    handle: z.string(),
    name: z.string(),
    team: z.string(),
    score: z.number(),
    joined: z.string(),
    profile: z.record(z.string(), z.unknown()),
  }),
  key: 'id',
  target: members,
  columns: {
    id: uuidFrom('id'),
    email: ({ email }) => email.trim().toLowerCase(),
    handle: 'handle',
    name: 'name',
    teamId: reference(teams, 'team'),
    score: 'score',
    joinedAt: timestamp('joined'),
    profile: json('profile'),
  },
})
