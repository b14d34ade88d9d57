import pg from 'pg'

/** What one statement answers, on a connection of its own that is in nobody's way afterwards. */
export async function askServer<Row extends pg.QueryResultRow>(
  url: string,
  statement: string,
): Promise<Row[]> {
  const client = new pg.Client(url)
  client.on('error', () => {}) // A test may end connections on purpose; the statement says so.
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}
