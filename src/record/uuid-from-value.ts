/// <reference lib="es2024.string" />
import { hash } from 'node:crypto'

/**
 * The namespace of every UUID that carryover makes, unless the pipeline names its own.
 * It is itself the version 5 UUID of the name `carryover` in the empty namespace (RFC 9562, 5.9: Nil UUID).
 * It must never change: the ids of every earlier run hang on it.
 */
export const CARRYOVER_NAMESPACE = '650b2356-14d6-565a-95f0-aadc090670ee'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * A UUID for a legacy value, the same on every run and every machine: a UUID is kept (in lower case), anything else
 * becomes the version 5 UUID (RFC 9562, 5.5) of its UTF-8 text in the namespace.
 */
export function uuidFromValue(value: string, namespace: string = CARRYOVER_NAMESPACE): string {
  if (UUID.test(value)) return value.toLowerCase()
  // UTF-8 has no lone surrogates and would make one id of several texts; JSON escapes them.
  const name = value.isWellFormed() ? value : JSON.stringify(value)
  return formatVersion5(hash('sha1', Buffer.concat([namespaceBytes(namespace), Buffer.from(name)]), 'hex'))
}

const namespaces = new Map<string, Buffer>()

function namespaceBytes(namespace: string): Buffer {
  let bytes = namespaces.get(namespace)
  if (bytes === undefined) {
    bytes = Buffer.from(namespace.replaceAll('-', ''), 'hex')
    namespaces.set(namespace, bytes)
  }
  return bytes
}

/** The first 16 bytes of the hash, with the version 5 and the variant 10 written over six of their bits. */
function formatVersion5(hex: string): string {
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  const third = `5${hex.slice(13, 16)}`
  const fourth = `${variant}${hex.slice(17, 20)}`
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${third}-${fourth}-${hex.slice(20, 32)}`
}
