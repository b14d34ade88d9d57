import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: { carryover: fileURLToPath(new URL('src/index.ts', import.meta.url)) },
  },
  test: {
    include: ['test/**/*.test.ts'],
    typecheck: {
      enabled: true, // what must not compile is a test too
      include: ['test/**/*.test-d.ts'],
      ignoreSourceErrors: true, // "npm run types" reports these, for every file
    },
    globalSetup: ['test/postgres/global-setup.ts'],
    pool: 'forks', // a crash of the native SQLite binding then ends one file, not the run
    maxWorkers: 3, // they wait for servers and processes as long as they compute
    testTimeout: 60_000, // the machine of a pipeline is small and shared
    hookTimeout: 60_000, // the first who asks for a Postgres server waits for it
  },
})
