// Reads one file with the built carryover and prints what that took: node read-source.mjs FILE AT records|through
import { dirname, basename } from 'node:path'
import { openSource } from '../dist/source/open-source.js'

const [file, at, how] = process.argv.slice(2)
const folder = dirname(file)
const definition = { files: basename(file), ...(at === '' ? {} : { at }) }
const source = await openSource(definition, { baseDir: folder, displayDir: folder })

const startedMs = performance.now()
let records = 0
if (how === 'through') await source.readThrough(new Map())
else for await (const chunk of source.chunks()) records += chunk.length
const seconds = (performance.now() - startedMs) / 1000

const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
// Of all threads; on a machine that others use too, it tells more than the wall clock.
const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6
process.stdout.write(JSON.stringify({ records, seconds, cpuSeconds, peakBytes: maxRSS * 1024 }))
