import { expect, it } from 'vitest'
import { formatDoctorText } from '../../../src/report/text/format-doctor-text.js'
import { doctorReport } from '../sample-reports.js'

const plain = { colour: false, verbose: false, width: 100 }

it('an audit shows why each finding matters, what would mend it, and what that locks', () => {
  expect(formatDoctorText(doctorReport, plain)).toMatchInlineSnapshot(`
    "postgres 16.4, shop

    error key.no_default
      Every INSERT that leaves the key out fails.
      visits.id
        The integer primary key has no identity, sequence or default.
        CREATE SEQUENCE visits_id_seq AS integer OWNED BY visits.id;
        locks ACCESS EXCLUSIVE on visits, for an instant

    warning config.secret
      Whoever reads the repository has it.
      config/app.ts
        A password, 100 % in the open.
        → Take it from the environment, and change it.

    2 checks of 12 tables and 4 pipelines, 1 error, 1 warning, 2 accepted by the baseline (exit code 1)
    "
  `)
})

it('of many findings of one check the first ten are shown, and all of them when asked for', () => {
  const [finding] = doctorReport.findings
  const findings =
    finding === undefined ? [] : Array.from({ length: 12 }, (_, at) => ({ ...finding, object: `t${at}` }))
  const text = formatDoctorText({ ...doctorReport, findings }, plain)
  expect(text).toContain('error key.no_default × 12\n')
  expect(text).toContain('\n  and 2 more: --verbose shows all of them\n')
  expect(text).not.toContain('t11')
  expect(formatDoctorText({ ...doctorReport, findings }, { ...plain, verbose: true })).toContain('t11')
})

it.each([
  [
    { findings: [], status: 'ok', exitCode: 0, accepted: 0, totals: { errors: 0, warnings: 0, infos: 0 } },
    '2 checks of 12 tables and 4 pipelines, nothing found',
  ],
  [
    {
      findings: [],
      accepted: 0,
      status: 'ok',
      exitCode: 0,
      totals: { errors: 0, warnings: 0, infos: 0 },
      examined: { tables: 0, declared: 0, pipelines: 0 },
    },
    '2 checks of no table, nothing found',
  ],
  [
    {
      findings: [],
      accepted: 0,
      status: 'ok',
      exitCode: 0,
      totals: { errors: 0, warnings: 0, infos: 0 },
      target: null,
    },
    '2 checks of 4 pipelines, nothing found',
  ],
  [
    { status: 'ok', exitCode: 0, totals: { errors: 0, warnings: 1, infos: 2 } },
    '2 checks of 12 tables and 4 pipelines, 1 warning, 2 notes, 2 accepted by the baseline',
  ],
  [
    { status: 'locked', exitCode: 3, errors: [{ code: 'a.b', message: 'No.' }] },
    'the audit was not finished (exit code 3)',
  ],
] as const)('what an audit comes to: %o', (difference, ending) => {
  const report = { ...doctorReport, ...difference } as typeof doctorReport
  expect(formatDoctorText(report, plain).trimEnd().split('\n').at(-1)).toBe(ending)
})
