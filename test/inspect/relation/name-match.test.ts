import { expect, it } from 'vitest'
import {
  namesCollection,
  namesOwnKind,
  namesReference,
  namesWhole,
} from '../../../src/inspect/relation/name-match.js'

it.each([
  ['org', 'organizations', true],
  ['organizationId', 'organizations', true],
  ['org_ids[]', 'organizations', true],
  ['lines[].product', 'products', true],
  ['category_id', 'categories', true],
  ['id', 'organizations', false],
  ['name', 'users', false],
  ['no', 'notes', false],
])('%s names %s: %s', (path, collection, named) => {
  expect(namesCollection(path, collection)).toBe(named)
})

it.each([
  ['parent_id', true, true],
  ['replyTo', false, true],
  ['ReportsTo', false, true],
  ['owner', true, false],
  ['created_by', true, false],
  ['meta.authorId', true, false],
  ['rate_limit', false, false],
])('%s says that it leads somewhere: %s, to its own kind: %s', (path, somewhere, own) => {
  expect([namesReference(path), namesOwnKind(path)]).toEqual([somewhere, own])
})

it.each([
  ['InvoiceId', 'Invoice', true],
  ['invoice_id', 'invoices', true],
  ['InvoiceId', 'InvoiceLine', false],
  ['user_id', 'user_profiles', false],
  ['id', 'invoices', false],
])('%s names all of %s: %s', (path, collection, whole) => {
  expect(namesWhole(path, collection)).toBe(whole)
})
