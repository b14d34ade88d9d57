import type { EnumReport } from '../../run/run-report.js'
import { amount, count } from '../words/amount.js'
import { describeEnum } from '../words/describe-enum.js'
import { markdownCode } from './escape-markdown.js'
import { markdownTable } from './markdown-table.js'

/** Each distinct legacy value of a pipeline's enums, folded away; what rejects records is said in the line that stays. */
export function markdownEnums({ enums = [] }: { enums?: EnumReport[] }): string[][] {
  return enums.filter(({ values }) => values.length > 0).flatMap(markdownEnum)
}

function markdownEnum(found: EnumReport): string[][] {
  const { values, alarm, more } = describeEnum(found)
  const rows = values.map(({ legacy, count: times, to, via, tone }) => [
    markdownCode(legacy),
    count(times),
    tone === 'bad' ? `**${to}**` : markdownCode(to),
    via,
  ])
  const distinct = amount(values.length + (found.more?.values ?? 0), 'legacy value')
  return [
    [
      `<details><summary>${markdownCode(found.column)}: ${distinct}${alarm === '' ? '' : `, <b>${alarm}</b>`}</summary>`,
    ],
    markdownTable(['legacy value', 'records', 'becomes', 'how'], rows, 'lrll'),
    more === '' ? [] : [`… ${more}`],
    ['</details>'],
  ]
}
