import type { Option } from 'commander'
import type { RunOptions } from '../../run/options.js'
import { given } from '../given.js'
import { durationOption } from './duration-option.js'

/** The flags of the commands that write. */
export interface WritingFlags {
  /** Milliseconds. */
  wait?: number
  lockTimeout?: number
  statementTimeout?: number
  timeout?: number
}

/** The options of the commands that write. */
export function writingOptions(): Option[] {
  return [
    durationOption('--wait [duration]', 'wait for another run to end (alone: up to an hour)').preset('1h'),
    durationOption(
      '--lock-timeout <duration>',
      'longest wait for a lock that somebody else holds on a row or table',
    ),
    durationOption('--statement-timeout <duration>', 'longest that one statement may take'),
    durationOption('--timeout <duration>', 'longest that the whole command may take'),
  ]
}

/** The library's names for these flags. */
export function writingOptionsOf(
  flags: WritingFlags,
): Pick<RunOptions, 'waitMs' | 'lockTimeoutMs' | 'statementTimeoutMs' | 'timeoutMs'> {
  const { wait, lockTimeout, statementTimeout, timeout } = flags
  return given({
    waitMs: wait,
    lockTimeoutMs: lockTimeout,
    statementTimeoutMs: statementTimeout,
    timeoutMs: timeout,
  })
}
