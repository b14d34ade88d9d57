import { redactUrls } from './redact-urls.js'

interface Redactable {
  errors: { code: string; message: string; hint?: string }[]
  target?: { dialect: string; version: string; database: string } | null
  problems?: { message: string; hint?: string }[]
}

/** The report with the secrets of every URL in its messages as `***`, before any form of it is shown. */
export function redactReport<Report extends object>(report: Report & Redactable): Report {
  const { errors, target, problems } = report
  return {
    ...report,
    errors: errors.map(redactMessage),
    ...(target && { target: { ...target, database: redactUrls(target.database) } }),
    ...(problems && { problems: problems.map(redactMessage) }),
  }
}

function redactMessage<Told extends { message: string; hint?: string }>(told: Told): Told {
  const { message, hint } = told
  return { ...told, message: redactUrls(message), ...(hint !== undefined && { hint: redactUrls(hint) }) }
}
