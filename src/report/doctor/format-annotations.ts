import type { DoctorReport } from '../../run/command-reports.js'

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const

/**
 * Findings and errors as annotations of a GitHub workflow, a line each.
 * Source: GitHub documentation, "Workflow commands for GitHub Actions".
 */
export function formatAnnotations({ findings, errors }: DoctorReport): string {
  const lines = [
    ...findings.map(({ severity, code, object, message, why, hint, file }) => {
      const properties = [...(file === null ? [] : [`file=${property(file)}`]), `title=${property(code)}`]
      const text = [`${object}: ${message}`, why, ...(hint === null ? [] : [hint])].join('\n')
      return `::${commands[severity]} ${properties.join(',')}::${data(text)}`
    }),
    ...errors.map(({ code, message, hint }) => {
      const text = hint === undefined ? message : `${message}\n${hint}`
      return `::error title=${property(code)}::${data(text)}`
    }),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
