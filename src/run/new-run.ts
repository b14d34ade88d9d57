import { hostname, userInfo } from 'node:os'
import type { Definitions } from '../pipeline/definitions.js'
import type { NewRun } from '../target/ledger.js'
import { toolVersion } from './tool-version.js'
import { writeUsedDefinitions } from './used-definitions.js'

/** The row of a run as it begins: who, where, which deployment, and by which definitions. */
export function newRun(
  command: string,
  pipelines: readonly string[],
  startedAt: Date,
  env: Readonly<Record<string, string | undefined>>,
  definitions: Definitions | null,
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
    definitions: definitions === null ? null : writeUsedDefinitions(definitions),
  }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown' // a container's user may have no name
  }
}
