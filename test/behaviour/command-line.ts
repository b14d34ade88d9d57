import { Readable } from 'node:stream'
import * as library from '../../src/commands.js'
import { runCli } from '../../src/cli/run-cli.js'
import type { Ground } from './ground.js'

/** Everything that one command prints in the project of a ground, on both streams. */
export async function commandLine(
  { dir }: Pick<Ground, 'dir'>,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  let printed = ''
  const stream = { write: (text: string) => (printed += text) }
  await runCli(argv, {
    stdin: Readable.from([]),
    stdout: stream,
    stderr: stream,
    env,
    cwd: dir,
    signals: { on: () => undefined, off: () => undefined },
    library,
    now: () => performance.now(),
    exit: () => undefined,
  })
  return printed
}
