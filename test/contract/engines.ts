import { postgresMajors } from '../postgres/majors.js'
import type { Engine } from './engine.js'
import { postgres } from './postgres-engine.js'
import { sqlite } from './sqlite-engine.js'

/** The databases that the contract is held against: one entry an engine and version. */
export const engines: readonly Engine[] = [sqlite, ...postgresMajors.map(postgres)]
