import type { Surroundings } from './surroundings.js'

/** Asks a question on the terminal; true for `y` and `yes`, false for anything else and when `signal` ends the wait. */
export async function ask(
  question: string,
  { stdin, stderr }: Pick<Surroundings, 'stdin' | 'stderr'>,
  signal: AbortSignal,
): Promise<boolean> {
  stderr.write(`${question} [y/N] `)
  const interrupted = new Promise<string>((resolve) =>
    signal.addEventListener('abort', () => resolve(''), { once: true }),
  )
  const answer = await Promise.race([firstLine(stdin), interrupted])
  // An open input would keep the process alive.
  stdin.destroy?.()
  return /^\s*y(es)?\s*$/i.test(answer)
}

async function firstLine(stdin: Surroundings['stdin']): Promise<string> {
  let text = ''
  for await (const bytes of stdin) {
    text += Buffer.from(bytes).toString()
    if (text.includes('\n')) break
  }
  return text.split('\n', 1)[0] ?? ''
}
