import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { member } from './data/members.js'

/** A file that was written. */
interface LargeFile {
  name: string
  /** Of the text in it, unpacked. */
  textBytes: number
  at: string
}

const perChunk = 2_000
const perTeam = 20

/** Writes the same members as an array, as lines, as a packed array and as the lists of many teams, each of so many bytes. */
export async function writeLargeFiles(folder: string, bytes: number): Promise<LargeFile[]> {
  const open = (name: string) => createWriteStream(join(folder, name))
  const gzip = createGzip({ level: constants.Z_BEST_SPEED })
  const packed = pipeline(gzip, open('array.json.gz'))
  const files = [
    { name: 'array.json', stream: open('array.json'), textBytes: 0, at: '', form: array },
    { name: 'lines.ndjson', stream: open('lines.ndjson'), textBytes: 0, at: '', form: lines },
    { name: 'array.json.gz', stream: gzip, textBytes: 0, at: '', form: array },
    { name: 'teams.json', stream: open('teams.json'), textBytes: 0, at: '/*/members', form: teams },
  ]
  const write = async (file: { stream: Writable; textBytes: number }, text: string) => {
    file.textBytes += Buffer.byteLength(text)
    if (!file.stream.write(text)) await once(file.stream, 'drain')
  }
  for (let start = 0; files[0]!.textBytes < bytes; start += perChunk) {
    const members = Array.from({ length: perChunk }, (_, index) => JSON.stringify(member(start + index)))
    for (const file of files) await write(file, file.form(members, start === 0))
  }
  for (const file of files) {
    if (file.form !== lines) await write(file, '\n]\n')
    file.stream.end()
  }
  await Promise.all([
    packed,
    ...files.filter(({ stream }) => stream !== gzip).map(({ stream }) => once(stream, 'close')),
  ])
  return files.map(({ name, textBytes, at }) => ({ name, textBytes, at }))
}

function array(members: readonly string[], isFirst: boolean): string {
  return `${isFirst ? '[\n' : ',\n'}${members.join(',\n')}`
}

function lines(members: readonly string[]): string {
  return members.map((text) => `${text}\n`).join('')
}

function teams(members: readonly string[], isFirst: boolean): string {
  const lists: string[] = []
  for (let at = 0; at < members.length; at += perTeam)
    lists.push(`{"name":"team","members":[${members.slice(at, at + perTeam).join(',')}]}`)
  return array(lists, isFirst)
}
