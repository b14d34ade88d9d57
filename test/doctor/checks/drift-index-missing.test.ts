import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { driftIndexMissing } from '../../../src/doctor/checks/drift-index-missing.js'
import { clinic } from '../clinic.js'

const posts = pgTable(
  'posts',
  { id: integer('id').primaryKey(), author: integer('author'), title: text('Title'), data: jsonb('data') },
  (table) => [
    index('posts_author').on(table.author.desc(), table.id),
    index('posts_title')
      .on(sql`lower(${table.title})`)
      .where(sql`${table.author} > 0`),
    index('posts_data').using('gin', table.data),
  ],
)

clinic(driftIndexMissing, [
  {
    name: 'indexes that are not there',
    declared: [posts],
    broken: `create table posts (id integer primary key, author integer, "Title" text, data jsonb); create index on posts (author);
             create index on posts (lower("Title"))`,
    sound: `create table posts (id integer primary key, author integer, "Title" text, data jsonb); create unique index on posts (author, id);
            create index other_name on posts (lower("Title")) where author > 0; create index on posts using gin (data jsonb_path_ops)`,
    objects: ['posts.posts_author', 'posts.posts_title', 'posts.posts_data'],
  },
  {
    name: 'indexes of the file that are not there',
    engine: 'sqlite',
    declared: [posts],
    mends: false,
    broken: `create table posts (id integer primary key, author integer, "Title" text, data text)`,
    sound: `create table posts (id integer primary key, author integer, "Title" text, data text);
            create index a on posts (author desc, id); create index b on posts (lower("Title")) where author > 0`,
    objects: ['posts.posts_author', 'posts.posts_title'],
  },
])
