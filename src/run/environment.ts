/**
 * Where this runs: `production`, `staging`, `development`; undefined when nobody says. What is meant for carryover alone counts
 * before what the platform says, and that before what the application is told.
 */
export function environmentName(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = [env['CARRYOVER_ENVIRONMENT'], env['RAILWAY_ENVIRONMENT_NAME'], env['NODE_ENV']]
  return named.map((name) => name?.trim()).find((name) => name !== undefined && name !== '')
}
