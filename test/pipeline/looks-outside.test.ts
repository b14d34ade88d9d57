import { expect, test } from 'vitest'
import { looksOutside } from '../../src/pipeline/looks-outside.js'

test.each([
  [`import { z } from 'zod'`, false],
  [`import { users } from '../schema.js'`, false],
  [`import { createHash } from 'node:crypto'`, false],
  [`import path from 'path'`, false],
  [`joined: ({ joined }) => new Date(joined)`, false],
  [`state: ({ in_process }) => in_process`, false],
  [`const perform = 'performance'.length`, true],
  [`import { readFileSync } from 'node:fs'`, true],
  [`import { readFile } from "fs/promises"`, true],
  [`const fs = require('fs')`, true],
  [`import os from 'node:os'`, true],
  [`region: () => process.env.REGION`, true],
  [`region: () => process.env['REGION']`, true],
  [`seen: () => new Date()`, true],
  [`seen: () => new Date`, true],
  [`seen: () => Date.now()`, true],
  [`id: () => crypto.randomUUID()`, true],
  [`id: () => Math.random()`, true],
  [`await fetch('https://example.org')`, true],
  [`globalThis.counter`, true],
  [`import.meta.dirname`, true],
  [`// asks process.env, or used to`, true],
])('%s looks outside: %s', (text, looks) => {
  expect(looksOutside(text)).toBe(looks)
})
