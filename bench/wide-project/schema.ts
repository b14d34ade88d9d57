import { boolean, integer, numeric, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const thirty = Array.from({ length: 13 }, (_, index) => index + 1)

/** `{ a1: f(1), a2: f(2), … }` */
function each<Column>(letter: string, columnOf: (name: string) => Column): Record<string, Column> {
  return Object.fromEntries(thirty.map((number) => [`${letter}${number}`, columnOf(`${letter}${number}`)]))
}

/** 80 columns: the key, an address, and thirteen of each of six types. */
export const sheets = pgTable('sheets', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull().unique(),
  ...each('t', (name) => text(name)),
  ...each('i', (name) => integer(name)),
  ...each('n', (name) => numeric(name, { precision: 12, scale: 2 })),
  ...each('b', (name) => boolean(name)),
  ...each('m', (name) => timestamp(name, { withTimezone: true })),
  ...each('s', (name) => text(name)),
})
