import { definePipeline, onChange, onInsert, reference, timestamp, uuidFrom } from 'carryover'
import { z } from 'zod'
import { UserStatus } from './enums.js'
import organizations from './organizations.js'
import roles from './roles.js'
import { users } from './schema.js'

export default definePipeline({
  name: 'users',
  source: { files: '../data-samples/users.json', at: '/export/users' },
  record: z.object({
    user_id: z.union([z.string(), z.number()]),
    email: z.string().includes('@'),
    handle: z.string().nullish(),
    full_name: z.string().min(1),
    state: z
      .union([z.string(), z.number()])
      .nullish()
      .transform((state) => state ?? 'active'),
    org: z.union([z.string(), z.number()]),
    role: z.string().nullish(),
    joined: z.union([z.string(), z.number()]).nullish(),
    last_login: z.number().nullish(),
    kind: z.enum(['person', 'system']).default('person'),
  }),
  key: 'user_id',
  // Accounts of the old platform's own jobs stay behind.
  filter: ({ kind }) => kind === 'person',
  target: users,
  columns: {
    id: uuidFrom('user_id'),
    email: ({ email }) => email.trim().toLowerCase(),
    handle: ({ handle }) => handle?.trim() || null,
    name: ({ full_name }) => full_name.trim(),
    status: UserStatus.from('state'),
    organizationId: reference(organizations, 'org'),
    roleId: reference(roles, 'role', { missing: 'null' }),
    joinedAt: timestamp('joined', {
      format: ['iso', 'dd.MM.yyyy HH:mm', 'epoch-seconds'],
      zone: 'Europe/Berlin',
    }),
    lastLoginAt: timestamp('last_login', { format: 'epoch-seconds' }),
    createdAt: onInsert(() => new Date()),
    updatedAt: onChange(() => new Date()),
  },
  // People who signed up twice: the first account is the one, and what refers to the second reaches it too.
  policies: { duplicates: 'first' },
  limits: { rejects: 4 },
})
