import type { Output } from './surroundings.js'

/** Whether a stream gets colours: `--no-color`, then FORCE_COLOR, then NO_COLOR, then whether it is a terminal. */
export function wantsColour(
  flags: { color: boolean },
  stream: Output,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (!flags.color) return false
  const force = env['FORCE_COLOR']
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false'
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false
  return stream.isTTY === true
}
