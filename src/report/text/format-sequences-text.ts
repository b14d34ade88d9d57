import type { ListedSequence, SequencesReport } from '../../run/command-reports.js'
import { paint, type Paint } from '../paint.js'
import { stripControls } from '../strip-controls.js'
import { amount } from '../words/amount.js'
import { describeMove, sequenceStates } from '../words/describe-move.js'
import { targetName } from '../words/target-name.js'
import { alignRows, type Cell } from './align-rows.js'
import { formatErrors } from './format-errors.js'
import { indent } from './indent.js'
import { joinSections } from './join-sections.js'
import type { TextStyle } from './text-style.js'

/** Every sequence beside its column, for people, and what was advanced. */
export function formatSequencesText(report: SequencesReport, { colour, width }: TextStyle): string {
  const colours = paint(colour)
  const { target, moved, errors } = report
  return joinSections([
    target === null ? [] : [colours.bold(targetName(target))],
    formatTable(report.sequences, colours),
    moved.length === 0 ? [] : ['advanced', ...indent(moved.map((move) => stripControls(describeMove(move))))],
    formatErrors(errors, colours, width),
    [formatSequencesEnding(report, colours)],
  ])
}

/** The last line alone: how many sequences, and what is wrong with them. */
export function formatSequencesEnding(report: SequencesReport, colours: Paint): string {
  const { status, exitCode, sequences, moved } = report
  const counts = new Map<string, number>()
  for (const { state } of sequences) if (state !== 'ok') counts.set(state, (counts.get(state) ?? 0) + 1)
  const found = [...counts].map(
    ([state, count]) =>
      `${count} ${sequenceStates[state as ListedSequence['state']]}${state === 'behind' ? ' (carryover sequences --fix)' : ''}`,
  )
  if (sequences.length === 0)
    return status === 'ok'
      ? colours.green('no sequences')
      : colours.red(`the sequences were not read (exit code ${exitCode})`)
  const sentence = [
    amount(sequences.length, 'sequence'),
    ...(moved.length > 0 ? [`${moved.length} advanced`] : []),
    ...(found.length === 0 && status === 'ok' ? ['all ahead of their columns'] : found),
  ].join(', ')
  if (status !== 'ok') return colours.red(`${sentence}: not everything could be done (exit code ${exitCode})`)
  if (counts.has('behind')) return colours.red(sentence)
  return found.length === 0 ? colours.green(sentence) : colours.yellow(sentence)
}

function formatTable(sequences: readonly ListedSequence[], colours: Paint): string[] {
  if (sequences.length === 0) return []
  const tones = {
    ok: colours.green,
    behind: colours.red,
    missing: colours.red,
    unknown: colours.yellow,
    exhausted_soon: colours.yellow,
    not_owned: colours.yellow,
  }
  const heading = ['column', 'drawn by', 'max', 'last', 'next', 'state']
  const number = (value: string | null): Cell =>
    value === null ? { text: '·', paint: colours.dim } : { text: value }
  const rows = sequences.map(({ table, column, kind, max, last, next, state }): Cell[] => [
    { text: stripControls(`${table}.${column}`), paint: colours.bold },
    { text: kind ?? 'nobody' },
    number(max),
    number(last),
    number(next),
    { text: sequenceStates[state], paint: tones[state] },
  ])
  return alignRows([heading.map((text) => ({ text, paint: colours.dim })), ...rows], 'llrrrl')
}
