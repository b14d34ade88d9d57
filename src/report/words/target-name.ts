import { stripControls } from '../strip-controls.js'

/** The target as a person names it: `postgres 16.4, shop`, `sqlite 3.53.0, ./shop.sqlite`; empty when it was never reached. */
export function targetName(target: { dialect: string; version: string; database: string }): string {
  if (target.version === '' && target.database === '') return ''
  const engine = `${target.dialect} ${target.version}`.trim()
  return `${engine}, ${stripControls(target.database)}`
}
