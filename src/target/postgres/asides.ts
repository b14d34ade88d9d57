import type { Client } from 'pg'
import type { Batch } from '../batch.js'
import { inTransaction } from './in-transaction.js'
import { openSession, type Session } from './session.js'
import { untouched } from './untouched.js'

/** Connections that only read, beside the one that writes. */
export interface Asides {
  ask<Result>(work: (batch: Pick<Batch, 'untouched'>) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** What a connection is, or is going to be. */
interface Place {
  readonly session: Promise<Session>
}

/**
 * Opens a connection when it is first needed, at most so many, and hands a question to one that is free.
 * @param settings statements that every transaction begins with
 */
export function openAsides(connect: () => Promise<Client>, most: number, settings: string): Asides {
  const opened: Place[] = []
  const free: Place[] = []
  const waiting: ((place: Place) => void)[] = []
  const take = async (): Promise<Place> => {
    const known = free.pop()
    if (known !== undefined) return known
    if (opened.length >= most) return new Promise((resolve) => waiting.push(resolve))
    const place = { session: connect().then((client) => openSession(client)) }
    opened.push(place)
    return place
  }
  const giveBack = (place: Place) => {
    const next = waiting.shift()
    if (next === undefined) free.push(place)
    else next(place)
  }
  return {
    ask: async (work) => {
      const place = await take()
      try {
        const session = await place.session
        const begin = async () => void (await session.query(`begin read only; ${settings}`))
        const batch = {
          untouched: (...asked: Parameters<Batch['untouched']>) => untouched(session, ...asked),
        }
        return await inTransaction(
          session,
          begin,
          () => work(batch),
          async () => true,
        )
      } finally {
        giveBack(place)
      }
    },
    close: async () => {
      for (const { session } of opened) await session.then((open) => open.close()).catch(() => undefined)
    },
  }
}
