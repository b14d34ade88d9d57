import { DefinitionError } from '../errors.js'
import type { ColumnRule, DecimalRule } from './column.js'
import { checkFormats } from './read-moment.js'
import { separatorsProblem } from './separated-decimal.js'
import { offsetAt } from './zone-offset.js'

/** The most digits after the point that rounding may be asked for; Postgres keeps no more. */
const LARGEST_SCALE = 16_383

/** @throws DefinitionError when a rule asks for what cannot be done, before there is a record to find it with */
export function checkRule(rule: ColumnRule): void {
  if (rule.kind === 'timestamp' || rule.kind === 'date') {
    checkFormats(rule.format)
    if (rule.zone !== undefined) offsetAt(rule.zone, 0)
  }
  if (rule.kind === 'decimal') checkDecimal(rule)
}

function checkDecimal({ separators, scale, round }: DecimalRule): void {
  const problem = separators && separatorsProblem(separators)
  if (problem !== undefined) {
    throw new DefinitionError('pipeline.decimal_separators', `The separators cannot be used: ${problem}.`, {
      hint: "For 1.234,56 they are { group: '.', decimal: ',' }.",
    })
  }
  const isScale = scale === undefined || (Number.isInteger(scale) && scale >= 0 && scale <= LARGEST_SCALE)
  if (!isScale || (scale === undefined) !== (round === undefined)) {
    throw new DefinitionError(
      'pipeline.decimal_scale',
      'The rounding of a decimal is not complete or not possible.',
      {
        hint: `Give scale (0 to ${LARGEST_SCALE}) and round ('half-up', 'half-even' or 'down') together.`,
      },
    )
  }
}
