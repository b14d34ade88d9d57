import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a server that can be cut or go silent. */
export interface Proxy {
  /** The server's URL by this way. */
  url: string
  /** Cuts the connection that sends this text next: before the server has it, or when the server has answered it. */
  cutAt(text: string, when: 'before' | 'after'): void
  /** From now on nothing goes through, and nobody is told. */
  goSilent(): void
  stop(): Promise<void>
}

/** Starts a proxy on a free port of 127.0.0.1. */
export async function startProxy(serverUrl: string): Promise<Proxy> {
  const { hostname, port } = new URL(serverUrl)
  const sockets = new Set<Socket>()
  let cut: { text: string; when: 'before' | 'after' } | undefined
  let silent = false

  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname)
    let answerIsLost = false
    const hangUp = () => {
      client.destroy()
      server.destroy()
    }
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', hangUp)
    }
    client.on('data', (bytes) => {
      if (silent) return
      if (cut !== undefined && bytes.includes(cut.text)) {
        const { when } = cut
        cut = undefined
        if (when === 'before') return hangUp()
        answerIsLost = true
      }
      server.write(bytes)
    })
    server.on('data', (bytes) => {
      if (silent) return
      if (answerIsLost) hangUp()
      else client.write(bytes)
    })
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return {
    url: Object.assign(new URL(serverUrl), { port: String(address.port) }).href,
    cutAt: (text, when) => (cut = { text, when }),
    goSilent: () => (silent = true),
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
