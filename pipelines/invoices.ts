import { constant, decimal, definePipeline, onChange, reference, timestamp } from 'carryover'
import { z } from 'zod'
import { InvoiceStatus } from './enums.js'
import organizations from './organizations.js'
import { invoices } from './schema.js'

export default definePipeline({
  name: 'invoices',
  source: { files: '../data-samples/invoices/*.json', at: '/invoices' },
  record: z.object({
    ref: z.string().regex(/^R-\d+$/, 'expected R- and the number'),
    number: z.string(),
    customer: z.string(),
    status: z.string(),
    amount: z.union([z.string(), z.number()]),
    issued: z.union([z.string(), z.number()]).nullish(),
    paid: z.union([z.string(), z.number()]).nullish(),
  }),
  key: ({ ref }) => Number(ref.slice(2)),
  filter: ({ status }) => status !== 'draft',
  target: invoices,
  columns: {
    id: ({ ref }) => Number(ref.slice(2)),
    number: 'number',
    organizationId: reference(organizations, 'customer', { by: 'slug' }),
    status: InvoiceStatus.from('status'),
    amount: decimal('amount'),
    currency: constant('EUR'),
    issuedAt: timestamp('issued', {
      format: ['dd.MM.yyyy HH:mm', 'iso', 'epoch-seconds'],
      zone: 'Europe/Berlin',
    }),
    paidAt: timestamp('paid', {
      format: ['dd.MM.yyyy HH:mm', 'iso', 'epoch-seconds'],
      zone: 'Europe/Berlin',
    }),
    updatedAt: onChange(() => new Date()),
  },
  // An invoice is its id. Two with the same number are a mistake to look at, never one invoice.
  match: [['id']],
  limits: { rejects: 4 },
})
