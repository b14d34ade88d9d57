import { stripControls } from '../strip-controls.js'

/** The target as a person names it: `postgres 16.4, database shop`. */
export function targetName(target: { dialect: string; version: string; database: string }): string {
  const engine = [target.dialect, target.version].filter((word) => word !== '').join(' ')
  if (target.database === '') return engine
  const kind = target.dialect === 'sqlite' ? 'file' : 'database'
  return `${engine}, ${kind} ${stripControls(target.database)}`
}
