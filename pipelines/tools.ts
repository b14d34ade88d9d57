import { definePipeline, json, onChange, reference, timestamp, uuidFrom } from 'carryover'
import { z } from 'zod'
import agents from './agents.js'
import { ToolType } from './enums.js'
import organizations from './organizations.js'
import { tools } from './schema.js'

/** Keeps tools apart from everything else that had the same text for an id. */
const toolNamespace = '5d0a1c52-6c3e-4b8f-9f0e-3a4d6f1b7c20'

export default definePipeline({
  name: 'tools',
  source: { files: '../data-samples/tools.json.gz' },
  record: z
    .object({
      org: z.union([z.string(), z.number()]),
      no: z.number(),
      slug: z.string().min(1),
      type: z
        .string()
        .nullish()
        .transform((type) => type ?? 'misc'),
      agent: z.union([z.string(), z.number()]).nullish(),
      url: z.string().nullish(),
      rate_limit: z.coerce.number().nullish(),
      config: z.unknown().optional(),
      deleted: z.string().nullish(),
    })
    // The old platform numbered the tools of each organization from 1.
    .transform((tool) => ({ ...tool, path: `${tool.org}/${tool.no}` })),
  key: ['org', 'no'],
  target: tools,
  columns: {
    id: uuidFrom('path', toolNamespace),
    organizationId: reference(organizations, 'org'),
    agentId: reference(() => agents, 'agent', { missing: 'null' }),
    slug: 'slug',
    type: ToolType.from('type'),
    url: ({ url }) => url?.trim() || null,
    rateLimit: 'rate_limit',
    config: json('config'),
    deletedAt: timestamp('deleted', { format: ['dd.MM.yyyy HH:mm', 'iso'], zone: 'Europe/Berlin' }),
    updatedAt: onChange(() => new Date()),
  },
  limits: { rejects: 1 },
})
