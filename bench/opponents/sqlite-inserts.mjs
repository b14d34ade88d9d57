// Bare prepared inserts in one transaction: node sqlite-inserts.mjs FILE.sqlite FILE.ndjson
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'

const [path, file] = process.argv.slice(2)
const database = new Database(path)
database.pragma('journal_mode = wal')
database.pragma('foreign_keys = on')
const insert = database.prepare('insert into members values (?, ?, ?, ?, ?, ?, ?, ?)')
database.exec('begin')
for await (const line of createInterface({ input: createReadStream(file) })) {
  const { id, email, handle, name, team, score, joined, profile } = JSON.parse(line)
  insert.run(id, email, handle, name, team, score, joined, JSON.stringify(profile))
}
database.exec('commit')
database.close()
