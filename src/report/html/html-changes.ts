import type { PipelineReport, PlannedChange } from '../../run/run-report.js'
import { amount, count } from '../words/amount.js'
import { changesNotShown, describeChange } from '../words/describe-change.js'
import { html, type Html } from './html.js'

/** The changes a plan foresees, column by column. */
export function htmlChanges(pipeline: PipelineReport): Html {
  const { changes = [] } = pipeline
  if (changes.length === 0) return html``
  const more = changesNotShown(pipeline)
  return html`<h3>${amount(changes.length + more, 'change')}</h3>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>record</th>
            <th>column</th>
            <th>from</th>
            <th>to</th>
          </tr>
        </thead>
        <tbody>
          ${changes.map(rows)}
        </tbody>
      </table>
    </div>
    ${more > 0 ? html`<p class="soft">… and ${count(more)} more</p>` : ''}`
}

function rows(change: PlannedChange): Html {
  const { action, key, at } = change
  const record = html`${action} <code>${key}</code><br /><span class="soft"><code>${at}</code></span>`
  const columns = describeChange(change)
  if (columns.length === 0) {
    return html`<tr>
      <td>${record}</td>
      <td colspan="3"></td>
    </tr>`
  }
  return html`${columns.map(
    ({ column, from, to }, index) =>
      html`<tr class="${index > 0 ? 'more' : ''}">
        ${index > 0 ? '' : html`<td rowspan="${columns.length}">${record}</td>`}
        <td><code>${column}</code></td>
        <td class="value">${from === undefined ? '' : html`<span class="from">${from}</span>`}</td>
        <td class="value"><span class="to">${to}</span></td>
      </tr>`,
  )}`
}
