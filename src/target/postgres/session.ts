import type { Client } from 'pg'
import { translateError } from './translate-error.js'

/** A row as the server sends it: text or null. */
export type TextRow = Record<string, string | null>

/** One connection that answers text and fails with `TargetError`. */
export interface Session {
  query(text: string, params?: readonly unknown[]): Promise<TextRow[]>
  /** The same; answers how many rows the statement touched. */
  execute(text: string, params?: readonly unknown[]): Promise<number>
}

const asText = { getTypeParser: () => (value: string) => value }

/** Wraps a connected client. Every error that leaves it is a `TargetError` without row values. */
export function openSession(client: Client): Session {
  const send = async (text: string, params: readonly unknown[]) => {
    try {
      return await client.query({ text, values: [...params], types: asText })
    } catch (error) {
      throw translateError(error)
    }
  }
  return {
    query: async (text, params = []) => (await send(text, params)).rows as TextRow[],
    execute: async (text, params = []) => (await send(text, params)).rowCount ?? 0,
  }
}
