import { hasExactly, Malformed, type Wrapper } from './wrapper.js'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const SUBTYPE = /^[0-9a-fA-F]{1,2}$/
const UUID = 0x04
const UUID_BYTES = 16

/**
 * `$binary`: bytes; of subtype 4 the text of the UUID. Subtype 3 stays bytes: in which order the drivers of the time
 * wrote a UUID there, nobody can tell. Of version 2 (`base64`, `subType`) and of version 1 (`$type` beside it).
 */
export const binary: Wrapper = {
  beside: ['$type'],
  read: (content, object) => {
    const isOld = typeof content === 'string'
    if (!isOld && (!hasExactly(content, ['base64', 'subType']) || '$type' in object)) return MALFORMED
    const base64 = isOld ? content : content['base64']
    const subtype = isOld ? object['$type'] : content['subType']
    if (typeof base64 !== 'string' || !BASE64.test(base64)) return MALFORMED
    if (typeof subtype !== 'string' || !SUBTYPE.test(subtype)) return MALFORMED
    const bytes = bytesOf(base64)
    if (Number.parseInt(subtype, 16) !== UUID) return bytes
    return bytes.length === UUID_BYTES ? uuidText(bytes) : new Malformed('the 16 bytes of a UUID')
  },
}

const MALFORMED = new Malformed('base64 and a subtype of one or two hexadecimal digits')

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

function uuidText(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
