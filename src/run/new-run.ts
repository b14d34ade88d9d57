import { hostname, userInfo } from 'node:os'
import type { NewRun } from '../target/ledger.js'
import { toolVersion } from './tool-version.js'

/** The row of a run as it begins: who, where, and which deployment. */
export function newRun(
  command: string,
  pipelines: readonly string[],
  startedAt: Date,
  env: Readonly<Record<string, string | undefined>>,
): NewRun {
  return {
    command,
    pipelines,
    toolVersion: toolVersion(),
    startedAt,
    host: hostname(),
    user: userName(),
    deployment: env['RAILWAY_DEPLOYMENT_ID'] ?? null,
    commit: env['RAILWAY_GIT_COMMIT_SHA'] ?? null,
  }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown' // a container's user may have no name
  }
}
