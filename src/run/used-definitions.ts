import type { Definitions } from '../pipeline/definitions.js'

/** Definitions as the ledger keeps them with a run; the packages are kept beside what tells an older definition. */
export type UsedDefinitions = Pick<Definitions, 'scope' | 'modules' | 'packages'>

/** The ledger's text of definitions. */
export function writeUsedDefinitions({ scope, modules, packages }: Definitions): string {
  return JSON.stringify({ scope, modules, packages })
}

/** Definitions out of the ledger's text. */
export function readUsedDefinitions(text: string): UsedDefinitions {
  return JSON.parse(text) as UsedDefinitions
}
