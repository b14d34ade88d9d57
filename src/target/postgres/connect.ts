import pg, { type Client, type ClientConfig } from 'pg'
import { translateError } from './translate-error.js'

/** Opens a connection; answers a client that stands still when nobody asks it anything, whatever becomes of the connection. */
export async function connect(config: ClientConfig, signal: AbortSignal | undefined): Promise<Client> {
  const client = new pg.Client(config)
  // A connection that breaks between two statements must not end the process: the next statement fails instead.
  client.on('error', () => undefined)
  const giveUp = () => client.connection.stream.destroy()
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    return await client.connect()
  } catch (error) {
    giveUp()
    throw translateError(error)
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}
