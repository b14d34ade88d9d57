import { integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const teams = pgTable('teams', {
  id: uuid('id').primaryKey(),
  slug: text('slug').notNull().unique(),
})

export const members = pgTable('members', {
  id: uuid('id').primaryKey(),
  email: text('email').notNull().unique(),
  handle: text('handle').notNull().unique(),
  name: text('name').notNull(),
  teamId: uuid('team_id').references(() => teams.id),
  score: integer('score').notNull(),
  joinedAt: timestamp('joined_at', { withTimezone: true }).notNull(),
  profile: jsonb('profile').notNull(),
})
