import type { Samples } from './samples.js'

/** A figure that is to be reached. */
export interface Bar {
  readonly name: string
  readonly unit: '×' | 'MB' | 'ms'
  /** `most`: no more than that · `least`: no less. */
  readonly direction: 'most' | 'least'
  readonly must: number
  readonly aim: number
  /** What was measured; undefined when its cases were not run. */
  readonly measured: number | undefined
}

/** What is promised about speed and memory, beside what was measured. */
export function barsOf(samples: Samples, memoryRecords: readonly number[]): Bar[] {
  const seconds = (name: string) => (samples.has(name) ? samples.seconds(name) : Number.NaN)
  const ratio = (name: string, other: string) => seconds(name) / seconds(other)
  const faster = (name: string, other = 'first load') => ratio(`postgres ${other}`, `postgres ${name}`)
  const megabytes = (name: string) => (samples.has(name) ? samples.peakBytes(name) / 1e6 : Number.NaN)
  const bar = (
    name: string,
    unit: Bar['unit'],
    direction: Bar['direction'],
    [must, aim]: readonly [number, number],
    measured: number,
  ): Bar => ({ name, unit, direction, must, aim, measured: Number.isNaN(measured) ? undefined : measured })
  return [
    bar(
      'first load, of the time of `\\copy` into the same table',
      '×',
      'most',
      [2, 1.3],
      ratio('postgres first load', 'postgres copy'),
    ),
    bar(
      'rerun, files as they were, faster than the first load',
      '×',
      'least',
      [5, 12],
      faster('rerun, files as they were'),
    ),
    bar(
      'rerun, files rewritten, faster than the first load',
      '×',
      'least',
      [2.5, 4],
      faster('rerun, files rewritten'),
    ),
    bar('1 % changed, faster than the first load', '×', 'least', [2.2, 4], faster('1 % changed')),
    bar(
      '1 % bad, of the time of a clean load',
      '×',
      'most',
      [1.4, 1.1],
      ratio('postgres 1 % bad', 'postgres first load'),
    ),
    bar(
      '10 % bad, of the time of a clean load',
      '×',
      'most',
      [1.4, 1.1],
      ratio('postgres 10 % bad', 'postgres first load'),
    ),
    bar(
      'first load, faster than SELECT and INSERT record by record',
      '×',
      'least',
      [10, 25],
      faster('first load', 'each record'),
    ),
    bar(
      'first load, faster than drizzle in batches',
      '×',
      'least',
      [2.5, 4],
      faster('first load', 'drizzle batch, first'),
    ),
    bar(
      'rerun, files rewritten, faster than drizzle in batches',
      '×',
      'least',
      [6, 12],
      faster('rerun, files rewritten', 'drizzle batch, again'),
    ),
    bar('peak memory of the first load', 'MB', 'most', [300, 200], megabytes('postgres first load')),
    ...memoryRecords.map((records) =>
      bar(
        `peak memory of ${records.toLocaleString('en')} records`,
        'MB',
        'most',
        [300, 200],
        megabytes(`postgres first load of ${records}`),
      ),
    ),
    bar(
      'SQLite, first load, of the time of bare prepared inserts',
      '×',
      'most',
      [2.5, 1.4],
      ratio('sqlite first load', 'sqlite bare inserts'),
    ),
    bar('start-up of `--help`', 'ms', 'most', [150, 80], 1000 * seconds('start-up of --help')),
    bar(
      'start-up of a run with nothing to do',
      'ms',
      'most',
      [800, 500],
      1000 * seconds('run with nothing to do'),
    ),
  ]
}

/** Whether a measured figure is at least as good as another. */
export function reaches({ direction, measured }: Bar, figure: number): boolean {
  return measured !== undefined && (direction === 'most' ? measured <= figure : measured >= figure)
}
