import { expect, test } from 'vitest'
import { environmentName } from '../../src/run/environment.js'

test.each([
  [{}, undefined],
  [{ NODE_ENV: 'production' }, 'production'],
  [{ NODE_ENV: 'production', RAILWAY_ENVIRONMENT_NAME: 'staging' }, 'staging'],
  [
    { NODE_ENV: 'test', RAILWAY_ENVIRONMENT_NAME: 'staging', CARRYOVER_ENVIRONMENT: 'production' },
    'production',
  ],
  [{ NODE_ENV: 'test', CARRYOVER_ENVIRONMENT: '' }, 'test'],
])('%j is %s', (env, name) => expect(environmentName(env)).toBe(name))
