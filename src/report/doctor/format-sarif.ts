import type { DoctorReport } from '../../run/command-reports.js'

type Finding = DoctorReport['findings'][number]

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

/**
 * Findings as a SARIF log for code scanning. A finding of the database stands in no file: it is laid at the door of the
 * configuration, and its logical location names the object.
 *
 * Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
 */
export function formatSarif({ findings, errors }: DoctorReport): string {
  const codes = [...new Set(findings.map(({ code }) => code))]
  const rules = codes.map((code) => {
    const { severity, why } = findings.find((finding) => finding.code === code) as Finding
    return {
      id: code,
      shortDescription: { text: code },
      fullDescription: { text: why },
      defaultConfiguration: { level: levels[severity] },
    }
  })
  const results = findings.map((finding) => ({
    ruleId: finding.code,
    ruleIndex: codes.indexOf(finding.code),
    level: levels[finding.severity],
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(finding.file ?? 'carryover.config.ts') } },
        logicalLocations: [{ fullyQualifiedName: finding.object }],
      },
    ],
    // What makes it the same finding the next time.
    partialFingerprints: { 'carryover/v1': `${finding.code} ${finding.object}` },
  }))
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'carryover', rules } },
        invocations: [
          {
            executionSuccessful: errors.length === 0,
            toolExecutionNotifications: errors.map(({ code, message }) => ({
              level: 'error',
              descriptor: { id: code },
              message: { text: message },
            })),
          },
        ],
        results,
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function messageOf({ object, message, why, hint, sql }: Finding): string {
  const mending = sql.length === 0 ? [] : [`SQL that mends it:\n${sql.join('\n')}`]
  return [`${object}: ${message}`, why, ...(hint === null ? [] : [hint]), ...mending].join('\n')
}

function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
