import type { Client } from 'pg'
import type { TargetError } from '../../errors.js'
import { connectionLost, isLoss, translateError } from './translate-error.js'

/** A row as the server sends it: text or null. */
export type TextRow = Record<string, string | null>

/** A connection that answers text and fails with `TargetError`; one that is lost is replaced with the next statement. */
export interface Session {
  /** True from `begin` to `commit` or `rollback`, also when the connection is lost in between. */
  readonly inTransaction: boolean
  /**
   * What is sent after the connection was lost in a transaction fails as well, up to and without `rollback`: nothing may be
   * written outside of the transaction that it was meant for.
   */
  query(text: string, params?: readonly unknown[]): Promise<TextRow[]>
  /** The same; answers how many rows the statement touched. */
  execute(text: string, params?: readonly unknown[]): Promise<number>
  /** The server's process that the connection was told of when it began, null without a connection. */
  announcedPid(): number | null
  /** Has `work` done on every new connection, before anything else is sent through it. */
  onReconnect(work: () => Promise<void>): void
  close(): Promise<void>
}

/** How a session goes on when its connection is lost. */
export interface SessionOptions {
  /** Opens another connection. Default: none. */
  reconnect?: () => Promise<Client>
  /** Aborted: the statement in hand may come to its end, for a while, and no other connection is opened. */
  signal?: AbortSignal | undefined
}

/** How long the server may still take to answer when the run was told to end. */
const lastAnswerMs = 5_000
/** How long a farewell may take. */
const farewellMs = 1_000

const asText = { getTypeParser: () => (value: string) => value }

/** Wraps a connected client. Every error that leaves it is a `TargetError` without row values. */
export function openSession(first: Client, { reconnect, signal }: SessionOptions = {}): Session {
  let client: Client | undefined
  let loss: TargetError | undefined
  let transactionIsLost = false
  let replacing: Promise<void> | undefined
  const afterReconnect: (() => Promise<void>)[] = []

  const lose = (lost: Client, error: TargetError) => {
    if (client !== lost) return
    loss = error
    transactionIsLost = isInTransaction(lost)
    client = undefined
    lost.connection.stream.destroy()
  }
  const take = (connected: Client) => {
    client = connected
    connected.on('error', (error) => lose(connected, translateError(error)))
    connected.on('end', () => lose(connected, connectionLost()))
  }
  const replace = async () => {
    if (reconnect === undefined || signal?.aborted === true) throw loss ?? connectionLost()
    const connected = await reconnect()
    take(connected)
    try {
      for (const work of afterReconnect) await work()
    } catch (error) {
      lose(connected, connectionLost())
      transactionIsLost = false
      throw error
    }
  }
  const send = async (text: string, params: readonly unknown[]) => {
    if (transactionIsLost) {
      if (text !== 'rollback') throw loss ?? connectionLost()
      transactionIsLost = false
      return undefined
    }
    if (client === undefined) await (replacing ??= replace().finally(() => (replacing = undefined)))
    const asked = client
    if (asked === undefined) throw loss ?? connectionLost()
    try {
      return await asked.query({ text, values: [...params], types: asText })
    } catch (error) {
      // A defect of the caller's, such as a parameter that is none.
      if (error instanceof TypeError || error instanceof RangeError) throw error
      const translated = translateError(error)
      if (isLoss(translated)) lose(asked, translated)
      throw translated
    }
  }
  const hangUp = () => {
    const asked = client
    if (asked !== undefined) lose(asked, connectionLost())
  }
  let lastAnswer: NodeJS.Timeout | undefined
  const awaitLastAnswer = () => (lastAnswer = setTimeout(hangUp, lastAnswerMs))

  take(first)
  signal?.addEventListener('abort', awaitLastAnswer, { once: true })
  return {
    get inTransaction() {
      return transactionIsLost || (client !== undefined && isInTransaction(client))
    },
    query: async (text, params = []) => ((await send(text, params))?.rows ?? []) as TextRow[],
    execute: async (text, params = []) => (await send(text, params))?.rowCount ?? 0,
    // The driver keeps it, its types do not say so.
    announcedPid: () => (client as (Client & { processID: number | null }) | undefined)?.processID ?? null,
    onReconnect: (work) => afterReconnect.push(work),
    close: async () => {
      signal?.removeEventListener('abort', awaitLastAnswer)
      clearTimeout(lastAnswer)
      reconnect = undefined
      const farewell = setTimeout(hangUp, farewellMs)
      await client?.end().catch(() => undefined)
      clearTimeout(farewell)
    },
  }
}

function isInTransaction(client: Client): boolean {
  return ['T', 'E'].includes(client.getTransactionStatus() ?? 'I')
}
