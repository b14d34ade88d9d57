import { reaches, type Bar } from './bars.js'
import type { Samples } from './samples.js'

/** Where and with what it was measured: one line each. */
export type Conditions = readonly string[]

/** The page `docs/benchmarks.md`. @param notes what is said by hand of bars that are not reached, kept from the page as it was */
export function printBenchmarks(
  samples: Samples,
  bars: readonly Bar[],
  conditions: Conditions,
  notes: string,
): string {
  const cases = Object.entries(samples.all())
  return `# Benchmarks

Made by \`npm run bench\`: whole processes, carryover and its opponents in turn in the same round, medians of all rounds. The ratios
count; the seconds are those of one machine.

${conditions.map((line) => `* ${line}`).join('\n')}

| what | must | aim | measured | |
|---|---|---|---|---|
${bars.map((bar) => `| ${bar.name} | ${limit(bar, bar.must)} | ${limit(bar, bar.aim)} | ${figure(bar, bar.measured)} | ${verdict(bar)} |`).join('\n')}

| case | seconds, median | of all rounds | peak of the process |
|---|---|---|---|
${cases.map(([name, { seconds, peakBytes }]) => `| ${name} | ${samples.seconds(name).toFixed(2)} | ${seconds.map((value) => value.toFixed(2)).join(', ')} | ${(Math.max(...peakBytes) / 1e6).toFixed(0)} MB |`).join('\n')}

${notes.trim()}
`
}

function limit(bar: Bar, value: number): string {
  return `${bar.direction === 'most' ? '≤' : '≥'} ${figure(bar, value)}`
}

function figure({ unit }: Bar, value: number | undefined): string {
  if (value === undefined) return '·'
  return `${unit === '×' ? value.toFixed(value < 10 ? 2 : 1) : value.toFixed(0)} ${unit}`
}

function verdict(bar: Bar): string {
  if (bar.measured === undefined) return 'not run'
  if (reaches(bar, bar.aim)) return 'aim reached'
  return reaches(bar, bar.must) ? 'reached' : '**not reached**'
}
