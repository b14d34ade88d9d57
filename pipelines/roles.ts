import { definePipeline, json, onChange, reference, uuidFrom } from 'carryover'
import { z } from 'zod'
import organizations from './organizations.js'
import { roles } from './schema.js'

export default definePipeline({
  name: 'roles',
  source: { files: '../data-samples/roles.json' },
  record: z.object({
    $key: z.string(),
    org: z.union([z.string(), z.number()]),
    title: z.string().min(1),
    description: z.string().nullish(),
    permissions: z.array(z.string()).default([]),
  }),
  key: '$key',
  target: roles,
  columns: {
    id: uuidFrom('$key'),
    organizationId: reference(organizations, 'org'),
    name: ({ title }) => title.trim(),
    description: 'description',
    permissions: json('permissions'),
    updatedAt: onChange(() => new Date()),
  },
  // A role that the application made for itself is taken over as it is.
  policies: { adopt: 'keep' },
  limits: { rejects: 2 },
})
