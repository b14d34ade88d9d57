import { quoteName } from './quote.js'
import { columnsRead } from './tokens.js'
import { twinExpression, type TwinGround } from './twin-ground.js'

/** The declared checks over such columns: `constraint "users_age" check ("age" > 0)`. */
export function twinChecks(ground: TwinGround, isMeant: (columns: readonly string[]) => boolean): string[] {
  return ground.config.checks
    .map((check) => ({ name: check.name, expression: twinExpression(ground, check.value) }))
    .filter(({ expression }) => isMeant(columnsRead(expression, [...ground.types.keys()])))
    .map(({ name, expression }) => `constraint ${quoteName(name)} check (${expression})`)
}
