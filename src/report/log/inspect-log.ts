import type { InspectReport } from '../../run/command-reports.js'
import { paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount } from '../words/amount.js'
import { describeKey, describeReference, keyName } from '../words/describe-key.js'
import { formatInspectEnding } from '../text/format-inspect-text.js'
import { atMost } from './at-most.js'
import { endingLog } from './ending-log.js'
import { errorLog } from './error-log.js'
import type { LogEntry } from './log-entry.js'

type Collection = InspectReport['collections'][number]

/** What legacy files hold as log lines: their keys and references, not every field. */
export function inspectLog(report: InspectReport): LogEntry[] {
  const { collections, errors, scaffold } = report
  return [
    ...atMost(collections.flatMap(collectionLog), 'finding'),
    ...(scaffold?.files ?? []).map((file): LogEntry => ({
      level: 'info',
      message: `wrote ${stripControls(file)}`,
    })),
    ...(scaffold?.notes ?? []).map((note): LogEntry => ({ level: 'warn', message: stripControls(note) })),
    ...errorLog(errors),
    endingLog(report, formatInspectEnding(report, paint(false)), {
      collections: collections.length,
      records: collections.reduce((sum, { records }) => sum + records, 0),
    }),
  ]
}

function collectionLog({ name, records, fields, keys, references, complete }: Collection): LogEntry[] {
  const collection = stripControls(name)
  return [
    {
      level: complete ? 'info' : 'warn',
      message: `${collection}: ${amount(records, 'record')}, ${amount(fields.length, 'field')}${complete ? '' : ', incomplete'}`,
      collection,
      records,
      fields: fields.length,
      complete,
    },
    ...keys.map((key): LogEntry => {
      const { missing, duplicates, duplicatesIgnoringCase } = key
      const message = `${collection}.${keyName(key)}: ${describeKey(key)}`
      return { level: 'info', message, collection, missing, duplicates, duplicatesIgnoringCase }
    }),
    ...references.map((reference): LogEntry => {
      const { path, to, dangling } = reference
      const where = stripControls(`${name}.${path} → ${to.collection}.${to.field}`)
      const level = dangling === 0 ? 'info' : 'warn'
      return { level, message: `${where}: ${describeReference(reference)}`, collection, dangling }
    }),
  ]
}
