import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './pipelines/schema.ts',
  out: './drizzle',
})
