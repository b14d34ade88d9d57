/** Role names that say nothing of the collection they lead to. */
const ROLES =
  /^(?:parent|owner|manager|author|creator|assignee|boss|lead|customer|account|ref|next|previous|root)/i
/** Role names of a record of the same kind. */
const OWN_ROLES =
  /^(?:parent|manager|boss|reports?_?to|supervisor|lead|next|prev|previous|root|reply_?to|in_?reply_?to|duplicate|merged|copy|original|supersede|replace|refer)/i
const SHORTEST = 3

/** True when the field's name names the collection: `org_id`, `organizationId` and `orgs[]` do for `organizations`. */
export function namesCollection(path: string, collection: string): boolean {
  const names = words(collection)
  return words(path).some((word) =>
    names.some((name) => name.startsWith(word) || word.startsWith(singular(name))),
  )
}

/** True when the field's name names all of the collection: `invoiceId` does for `invoices`, and not for `invoice_lines`. */
export function namesWhole(path: string, collection: string): boolean {
  const names = words(collection)
  return (
    names.length > 0 && names.every((name) => words(path).some((word) => singular(name) === singular(word)))
  )
}

/** True when the field's name says that it leads somewhere: `parent_id`, `createdBy`, `tool_ids`, `owner`. */
export function namesReference(path: string): boolean {
  const last = lastName(path)
  return /(?:_ids?|Ids?|_refs?|Refs?|_by|By|_fk)$/.test(last) || ROLES.test(last)
}

/** True when the field's name says that it leads to another record of its own collection: `parent_id`, `replyTo`. */
export function namesOwnKind(path: string): boolean {
  return OWN_ROLES.test(lastName(path))
}

function lastName(path: string): string {
  return path.replaceAll('[]', '').split('.').at(-1) ?? ''
}

function words(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= SHORTEST && word !== 'ids')
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/(?<=.{3})s$/, '')
}
