import { definePipeline, json, onChange, timestamp, uuidFrom } from 'carryover'
import { z } from 'zod'
import { Plan } from './enums.js'
import { organizations } from './schema.js'

export default definePipeline({
  name: 'organizations',
  source: { files: '../data-samples/organizations.json' },
  record: z.object({
    id: z.union([z.string(), z.number()]),
    slug: z.string().min(1),
    name: z.string().min(1),
    plan: z
      .string()
      .nullish()
      .transform((plan) => plan ?? 'free'),
    settings: z.record(z.string(), z.unknown()).nullish(),
    created: z.string(),
  }),
  key: 'id',
  target: organizations,
  columns: {
    id: uuidFrom('id'),
    slug: ({ slug }) => slug.trim().toLowerCase(),
    name: 'name',
    plan: Plan.from('plan'),
    settings: json('settings'),
    createdAt: timestamp('created'),
    updatedAt: onChange(() => new Date()),
  },
  // The installer made `default` again with each reinstallation: one row, and both ids lead to it.
  policies: { duplicates: 'first' },
  limits: { rejects: 2 },
})
