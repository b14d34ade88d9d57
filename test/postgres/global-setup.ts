import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { postgresMajors } from './majors.js'
import { type PostgresServer, startServer } from './start-server.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** `GET <this>/18` answers with the URL of the Postgres 18 server, which is started by the first who asks. */
    postgresServers: string
  }
}

/**
 * One server of each major for the whole run of vitest, started when a test first asks for it, so that tests that need
 * none wait for none. Returns what ends them.
 */
export default async function serveServers(project: TestProject): Promise<() => Promise<void>> {
  const servers = new Map<string, Promise<PostgresServer>>()

  const desk = createServer((request, response) => {
    const asked = request.url?.slice(1) ?? ''
    const major = postgresMajors.find((candidate) => String(candidate) === asked)
    if (major === undefined) {
      response.writeHead(404).end(`No Postgres ${asked} in this run; there are ${postgresMajors.join(', ')}.`)
      return
    }
    const starting = servers.get(asked) ?? startServer(major)
    servers.set(asked, starting)
    starting.then(
      ({ url }) => response.end(url),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  }).listen(0, '127.0.0.1')
  await once(desk, 'listening')

  const address = desk.address()
  if (address === null || typeof address === 'string')
    throw new Error('the desk for Postgres servers has no port')
  project.provide('postgresServers', `http://127.0.0.1:${address.port}`)

  return async () => {
    desk.close()
    desk.closeAllConnections()
    for (const starting of await Promise.allSettled(servers.values())) {
      if (starting.status === 'fulfilled') await starting.value.stop()
    }
  }
}
