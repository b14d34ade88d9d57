import { constant, decimal, definePipeline, onChange, reference, uuidFrom } from 'carryover'
import { z } from 'zod'
import organizations from './organizations.js'
import { agents } from './schema.js'

export default definePipeline({
  name: 'agents',
  source: { files: '../data-samples/agents.ndjson' },
  record: z.object({
    agent_id: z.union([z.string(), z.number()]),
    org: z.union([z.string(), z.number()]),
    owner: z.union([z.string(), z.number()]).nullish(),
    name: z.string().min(1),
    prompt: z.string().nullish(),
    temperature: z.union([z.string(), z.number()]).default('0.7'),
    token_budget: z.number().nullish(),
    enabled: z.union([z.boolean(), z.enum(['yes', 'no'])]).default(true),
  }),
  key: 'agent_id',
  target: agents,
  columns: {
    id: uuidFrom('agent_id'),
    organizationId: reference(organizations, 'org'),
    ownerId: reference('users', 'owner', { missing: 'null' }),
    name: ({ name }) => name.trim(),
    instructions: 'prompt',
    temperature: decimal('temperature'),
    tokenBudget: 'token_budget',
    enabled: ({ enabled }) => enabled === true || enabled === 'yes',
    origin: constant('legacy'),
    updatedAt: onChange(() => new Date()),
  },
  // Two agents of one organization with the same name: somebody has to look.
  policies: { duplicates: 'reject' },
  limits: { rejects: 2 },
})
