import { child, decimal, definePipeline, parent, reference, timestamp, uuidFrom } from 'carryover'
import { z } from 'zod'
import { lines, orders } from '../schema.js'
import customers from './customers.js'

export default definePipeline({
  name: 'orders',
  source: { files: '../data/orders.json' },
  record: z.object({
    id: z.string(),
    number: z.string(),
    customer: z.string(),
    placed: z.string(),
    lines: z.array(z.unknown()),
  }),
  key: 'id',
  target: orders,
  columns: {
    id: uuidFrom('id'),
    number: 'number',
    customerId: reference(customers, 'customer'),
    placedAt: timestamp('placed'),
  },
  children: [
    child({
      name: 'lines',
      each: 'lines',
      record: z.object({ id: z.string(), sku: z.string(), quantity: z.number(), price: z.string() }),
      key: 'id',
      target: lines,
      columns: {
        id: uuidFrom('id'),
        orderId: parent(),
        sku: 'sku',
        quantity: 'quantity',
        price: decimal('price'),
      },
    }),
  ],
})
