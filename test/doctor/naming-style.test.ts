import { expect, test } from 'vitest'
import { inStyle, mostUsedStyle } from '../../src/doctor/naming-style.js'

test.each([
  ['lastLoginAt', 'snake', 'last_login_at'],
  ['_UserID', 'snake', '_user_id'],
  ['HTTPServerName', 'snake', 'http_server_name'],
  ['first name', 'camel', 'firstName'],
  ['USER_ROLES', 'pascal', 'UserRoles'],
  ['größe_in_cm', 'camel', 'größeInCm'],
] as const)('%s in %s is %s', (name, style, expected) => {
  expect(inStyle(name, style)).toBe(expected)
})

test('words that fit two styles decide for neither', () => {
  expect(mostUsedStyle(['id', 'email', 'createdAt'])).toBe('camel')
  expect(mostUsedStyle(['id', 'email'])).toBe('snake')
})
