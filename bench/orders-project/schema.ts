import { integer, numeric, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'

export const customers = pgTable('customers', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull().unique(),
})

export const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  number: text('number').notNull().unique(),
  customerId: uuid('customer_id')
    .notNull()
    .references(() => customers.id),
  placedAt: timestamp('placed_at', { withTimezone: true }).notNull(),
})

export const lines = pgTable(
  'lines',
  {
    id: uuid('id').primaryKey(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id),
    sku: text('sku').notNull(),
    quantity: integer('quantity').notNull(),
    price: numeric('price', { precision: 10, scale: 2 }).notNull(),
  },
  (table) => [unique('lines_order_id_sku_unique').on(table.orderId, table.sku)],
)
