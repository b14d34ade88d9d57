import type { PipelineReport } from '../../run/run-report.js'
import { amount, count } from '../words/amount.js'
import { bytes } from '../words/bytes.js'
import { describeWarning } from '../words/describe-warning.js'
import { outcomeWords } from '../words/outcomes.js'
import { rejectAdvice } from '../words/reject-advice.js'
import { htmlChanges } from './html-changes.js'
import { htmlEnums } from './html-enums.js'
import { html, type Html } from './html.js'
import { pipelineAnchor } from './pipeline-anchor.js'

/** A pipeline's section: its source, what was noticed, what was rejected and, in a plan, what its enums were made from and what would change. */
export function htmlPipeline(pipeline: PipelineReport, index: number, planned: boolean): Html {
  return html`<section id="${pipelineAnchor(pipeline.name, index)}">
    <h2>${pipeline.name}</h2>
    <p class="soft">
      ${amount(pipeline.source.records, 'record')}: ${outcomeWords(pipeline.outcomes, planned)}
    </p>
    ${pipeline.source.files.map(
      ({ path, bytes: size, sha256 }) =>
        html`<p class="soft">
          <code>${path}</code> ${bytes(size)}, sha256 <code>${sha256.slice(0, 16)}…</code>
        </p>`,
    )}
    ${warnings(pipeline)} ${rejects(pipeline)} ${htmlEnums(pipeline)} ${htmlChanges(pipeline)}
  </section>`
}

function warnings({ warnings: all }: PipelineReport): Html {
  if (all.length === 0) return html``
  const items = all.map((warning) => {
    const { sentence, values, harmless } = describeWarning(warning)
    const column = warning.column === undefined ? html`` : html`<code>${warning.column}</code>: `
    const seen = values.map((value, index) => html`${index > 0 ? ', ' : ''}<code>${value}</code>`)
    const list = seen.length === 0 ? html`` : html` (${seen})`
    return html`<li>${column}<span class="${harmless ? '' : 'attention'}">${sentence}</span>${list}</li>`
  })
  return html`<h3>Noticed</h3>
    <ul>
      ${items}
    </ul>`
}

function rejects({ rejects: groups }: PipelineReport): Html {
  if (groups.length === 0) return html``
  return html`<h3>Rejected</h3>
    ${groups.map(
      ({ code, column, count: times, examples }) =>
        html`<div class="card">
          <p>
            <strong class="bad">${code} × ${count(times)}</strong
            >${column === undefined ? '' : html` in <code>${column}</code>`}
          </p>
          <ul>
            ${examples.map(
              ({ key, at, message }) =>
                html`<li>
                  ${key === null ? 'a record without a key' : html`<code>${key}</code>`}
                  <span class="soft">at <code>${at}</code></span
                  ><br />${message}
                </li>`,
            )}
          </ul>
          <p>→ ${withCode(rejectAdvice(code))}</p>
        </div>`,
    )}`
}

/** Text whose back-ticks mark code. */
function withCode(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}
