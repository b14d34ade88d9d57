import { stripControls } from '../strip-controls.js'

/** The target as a person names it: `postgres 16.4, database shop`; empty when it was never reached. */
export function targetName(target: { dialect: string; version: string; database: string }): string {
  if (target.version === '' && target.database === '') return ''
  const engine = `${target.dialect} ${target.version}`.trim()
  const kind = target.dialect === 'sqlite' ? 'file' : 'database'
  return `${engine}, ${kind} ${stripControls(target.database)}`
}
