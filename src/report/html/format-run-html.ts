import type { RunReport } from '../../run/run-report.js'
import { describeEnding } from '../words/describe-ending.js'
import { describeSequence } from '../words/describe-sequence.js'
import { describeVerification } from '../words/describe-verification.js'
import { instant } from '../words/instant.js'
import { targetName } from '../words/target-name.js'
import { htmlOutcomeTable } from './html-outcome-table.js'
import { htmlPage } from './html-page.js'
import { htmlPipeline } from './html-pipeline.js'
import { html, type Html } from './html.js'

/** The report as one HTML file that opens anywhere. */
export function formatRunHtml(report: RunReport): string {
  const { command, runId, target, startedAt, pipelines, sequences, errors } = report
  const title = `carryover ${runId === null ? command : `${command} ${runId}`}`
  const { sentence, tone } = describeEnding(report)
  const body = html`<header>
      <h1>${title}</h1>
      <p class="ending ${tone}">${sentence}</p>
      <p class="soft">
        ${[targetName(target), instant(startedAt)].filter((part) => part !== '').join(' · ')}${command === 'plan' ? ' · nothing was written' : ''}
      </p>
    </header>
    ${errors.map(
      ({ code, message, hint }) =>
        html`<div class="card error">
          <p><strong class="bad">${message}</strong> <code class="soft">${code}</code></p>
          ${hint === undefined ? '' : html`<p>→ ${hint}</p>`}
        </div>`,
    )}
    ${htmlOutcomeTable(report)} ${verification(report)}
    ${sequences.length === 0 ? '' : html`<p>Sequences: ${sequences.map((one) => html`<code>${describeSequence(one)}</code> `)}</p>`}
    ${pipelines.map((pipeline, index) => htmlPipeline(pipeline, index, command === 'plan'))}`
  return htmlPage(title, body)
}

function verification({ pipelines }: RunReport): Html {
  const { ok, holds, failed } = describeVerification(pipelines)
  const good = holds === '' ? html`` : html`<p><span class="good">Verified</span>: ${holds}.</p>`
  if (ok) return good
  return html`${good}
    <p class="bad">Not verified</p>
    <ul>
      ${failed.map((check) => html`<li>${check.pipeline}: ${check.sentence}</li>`)}
    </ul>`
}
