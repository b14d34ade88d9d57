// How an application that imports with carryover is deployed on Railway: an example to copy, once for Postgres and once for
// SQLite. `npx railway config plan` shows what it would change; it needs the package `railway` and Node 22 on your own machine.
import { defineRailway, postgres, project, service, volume } from 'railway/iac'

// `node` and not `npm run`: the signals of a deploy that is cancelled must reach the import.
const carryover = 'node node_modules/carryover/dist/cli/main.js'

const database = postgres('postgres')

/**
 * Postgres: the import runs once before the new version starts, in a container of its own; when it fails, the old version
 * stays. A pre-deploy command has no time-out unless it brings one, and is not tried again.
 */
const shop = service('shop', {
  build: 'npm ci && npm run build',
  preDeploy: `${carryover} migrate --quiet --yes && ${carryover} run --wait=10m --timeout=30m`,
  start: 'exec node server.js',
  healthcheck: '/health',
  env: { DATABASE_URL: database.env.DATABASE_URL },
})

const data = volume('shop-data')

/**
 * SQLite on a volume: a pre-deploy command does not see the volume, so that the import is a part of the start. The health check waits
 * for it, and whoever stops the container leaves it the time to end its batch.
 */
const kiosk = service('kiosk', {
  build: 'npm ci && npm run build',
  start: `${carryover} migrate --quiet --yes && ${carryover} run && exec node server.js`,
  healthcheck: '/health',
  healthcheckTimeout: 1800,
  deploy: { drainingSeconds: 30 },
  volumeMounts: { '/data': data },
  env: { CARRYOVER_DATABASE_URL: 'sqlite:/data/shop.sqlite' },
})

export default defineRailway(() => project('shop', { resources: [database, shop, data, kiosk] }))
