// What a script of one's own does: one SELECT, then an INSERT or an UPDATE. node each-record.mjs URL FILE.ndjson RECORDS
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import pg from 'pg'

const [url, file, records] = process.argv.slice(2)
const client = new pg.Client(url)
await client.connect()
let done = 0
for await (const line of createInterface({ input: createReadStream(file) })) {
  if (done === Number(records)) break
  const { id, email, handle, name, team, score, joined, profile } = JSON.parse(line)
  const values = [id, email, handle, name, team, score, joined, JSON.stringify(profile)]
  const { rowCount } = await client.query('select 1 from members where id = $1', [id])
  await client.query(
    rowCount === 0
      ? 'insert into members (id, email, handle, name, team_id, score, joined_at, profile) values ($1, $2, $3, $4, $5, $6, $7, $8)'
      : 'update members set email = $2, handle = $3, name = $4, team_id = $5, score = $6, joined_at = $7, profile = $8 where id = $1',
    values,
  )
  done += 1
}
await client.end()
