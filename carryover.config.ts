import { defineConfig } from 'carryover'

export default defineConfig({
  pipelines: 'pipelines/*.ts',
  schema: 'pipelines/schema.ts',
  migrations: 'drizzle',
  sensitive: ['users.email'],
})
