import { expect, it } from 'vitest'
import { formatRunHtml } from '../../../src/report/html/format-run-html.js'
import { html } from '../../../src/report/html/html.js'
import { firstRun, pipelineReport, runReport, removingPlan, somePlan } from '../sample-reports.js'

it('the page stands alone: no script, nothing loaded from elsewhere', () => {
  const page = formatRunHtml(firstRun)
  expect(page).toMatch(/^<!doctype html>/)
  expect(page).not.toMatch(/<script|<link|<img|src=|url\(|@import|https?:/i)
})

it('every pipeline has an anchor that the table leads to', () => {
  const page = formatRunHtml(runReport({ pipelines: [pipelineReport('users'), pipelineReport('Old Tools')] }))
  for (const anchor of ['pipeline-users', 'pipeline-old-tools-2']) {
    expect(page).toContain(`<a href="#${anchor}">`)
    expect(page).toContain(`<section id="${anchor}">`)
  }
})

it('a plan shows what changes from what to what', () => {
  const page = formatRunHtml(somePlan)
  expect(page).toContain('<span class="from">Grace</span>')
  expect(page).toContain('<span class="to">Grace Hopper</span>')
  expect(page).toContain('… and 10 more')
})

it('a plan shows the rows that go', () => {
  const page = formatRunHtml(removingPlan)
  expect(page.match(/<td>delete <code>[^<]*<\/code>/g)).toEqual([
    '<td>delete <code>[&quot;15&quot;,&quot;urgent&quot;]</code>',
    '<td>delete <code>16</code>',
  ])
  expect(page).toContain('5 changes')
  expect(page).toContain('… and 3 more')
  expect(page).toContain('>to remove</th>')
})

it('nothing of the source becomes markup', () => {
  const evil = `"'><script>alert(1)</script>&`
  const report = runReport({
    target: { dialect: 'sqlite', version: evil, database: evil },
    pipelines: [
      pipelineReport(evil, {
        source: { files: [{ path: evil, bytes: 1, sha256: evil }], records: 1 },
        warnings: [{ code: 'enum_alias', count: 1, column: evil, values: [evil] }],
        rejects: [
          { code: 'check', column: evil, count: 1, examples: [{ key: evil, at: evil, message: evil }] },
        ],
        enums: [
          {
            column: evil,
            enum: evil,
            values: [
              { legacy: evil, count: 1, via: 'unknown', value: null },
              { legacy: evil, count: 1, via: 'alias', value: evil },
            ],
          },
        ],
        verification: { ok: false, checks: [{ name: evil, expected: 1, actual: 0, ok: false }] },
        changes: [
          { key: evil, at: evil, action: 'update', columns: [{ column: evil, from: evil, to: 'x' }] },
        ],
      }),
    ],
    sequences: [{ table: evil, column: evil, from: evil, to: evil }],
    errors: [{ code: evil, message: evil, hint: evil }],
  })
  const page = formatRunHtml(report)
  expect(page).not.toContain('<script')
  expect(page).not.toContain(`"'>`)
})

it('a template escapes texts and takes HTML as it is, also in lists', () => {
  expect(html`<p title="${'"'}">${['<', html`<b>${'&'}</b>`, 7]}</p>`.markup).toBe(
    '<p title="&quot;">&lt;<b>&amp;</b>7</p>',
  )
})
