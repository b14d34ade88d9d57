import type { RunReport } from '../../run/run-report.js'
import { count } from '../words/amount.js'
import { occurring, outcomeWord } from '../words/outcomes.js'
import { allRowsWritten, rowsWritten } from '../words/rows-written.js'
import { html, type Html } from './html.js'
import { pipelineAnchor } from './pipeline-anchor.js'

/** What came in and what became of it, a line per pipeline that leads to its section. */
export function htmlOutcomeTable(report: RunReport): Html {
  const { pipelines, totals } = report
  const planned = report.command === 'plan'
  if (pipelines.length === 0) return html``
  const names = occurring(totals)
  const records = pipelines.reduce((sum, pipeline) => sum + pipeline.source.records, 0)
  const total = html`<tfoot>
    <tr>
      <td>total</td>
      ${number(records)} ${names.map((name) => number(totals[name]))}${number(allRowsWritten(report))}
    </tr>
  </tfoot>`
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>pipeline</th>
          <th class="number">records</th>
          ${names.map((name) => html`<th class="number">${outcomeWord(name, planned)}</th>`)}
          <th class="number">${planned ? 'rows to write' : 'rows written'}</th>
        </tr>
      </thead>
      <tbody>
        ${pipelines.map(
          (pipeline, index) =>
            html`<tr>
              <td><a href="#${pipelineAnchor(pipeline.name, index)}">${pipeline.name}</a></td>
              ${number(pipeline.source.records)}${names.map((name) => number(pipeline.outcomes[name]))}
              ${number(rowsWritten(pipeline))}
            </tr>`,
        )}
      </tbody>
      ${pipelines.length > 1 ? total : ''}
    </table>
  </div>`
}

function number(value: number): Html {
  return value === 0 ? html`<td class="number zero">·</td>` : html`<td class="number">${count(value)}</td>`
}
