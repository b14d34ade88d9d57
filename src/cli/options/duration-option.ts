import { InvalidArgumentError, Option } from 'commander'
import { parseDuration } from './parse-duration.js'

/** An option whose value is a duration, in milliseconds once parsed. */
export function durationOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const milliseconds = parseDuration(text)
    if (milliseconds === undefined) {
      throw new InvalidArgumentError('A duration is expected, such as 30s, 5m or 500ms.')
    }
    return milliseconds
  })
}
