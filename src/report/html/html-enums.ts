import type { EnumReport } from '../../run/run-report.js'
import { count } from '../words/amount.js'
import { describeEnum } from '../words/describe-enum.js'
import { html, type Html } from './html.js'

/** Each distinct legacy value of a pipeline's enums, how often it occurs and what becomes of it. */
export function htmlEnums({ enums = [] }: { enums?: EnumReport[] }): Html {
  const found = enums.filter(({ values }) => values.length > 0)
  if (found.length === 0) return html``
  return html`<h3>Enums</h3>
    ${found.map(htmlEnum)}`
}

function htmlEnum(found: EnumReport): Html {
  const { values, alarm, more } = describeEnum(found)
  const classes = { bad: 'bad', attention: 'attention', plain: '' }
  return html`<p>
      <code>${found.column}</code> from
      <code>${found.enum}</code>${alarm === '' ? '' : html`: <strong class="bad">${alarm}</strong>`}
    </p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>legacy value</th>
            <th class="number">records</th>
            <th>becomes</th>
            <th>how</th>
          </tr>
        </thead>
        <tbody>
          ${values.map(
            ({ legacy, count: times, to, via, tone }) =>
              html`<tr>
                <td class="value"><code>${legacy}</code></td>
                <td class="number">${count(times)}</td>
                <td class="value"><span class="${classes[tone]}">${to}</span></td>
                <td>${via}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${more === '' ? '' : html`<p class="soft">… ${more}</p>`}`
}
