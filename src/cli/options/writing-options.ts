import type { Option } from 'commander'
import { durationOption } from './duration-option.js'

/** The flags of the commands that write. */
export interface WritingFlags {
  /** Milliseconds. */
  wait?: number
  lockTimeout?: number
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
    durationOption('--timeout <duration>', 'longest that the whole command may take'),
  ]
}
