import { setTimeout as sleep } from 'node:timers/promises'
import type { CrashGround } from './crash-ground.js'
import type { Ended } from './run-process.js'

/**
 * Starts a run and sends it a signal after that part of the time that the undisturbed one took. A run that is done by then says
 * nothing about crashes: the signal comes earlier and earlier, until one is hit.
 */
export async function signalAt(
  ground: CrashGround,
  fraction: number,
  signal: NodeJS.Signals,
  options: { again?: () => Promise<void> } = {},
): Promise<Ended> {
  for (let delayMs = fraction * ground.undisturbed.durationMs; ; delayMs *= 0.8) {
    const process = ground.start()
    await sleep(delayMs)
    process.kill(signal)
    const ended = await process.ended
    if (ended.report?.exitCode !== ground.undisturbed.ended.code) return ended
    await options.again?.()
  }
}
