/** Role names that say nothing of the collection they lead to. */
const ROLES =
  /^(?:parent|owner|manager|author|creator|assignee|boss|lead|customer|account|ref|next|previous|root)/i
const SHORTEST = 3

/** True when the field's name names the collection: `org_id`, `organizationId` and `orgs[]` do for `organizations`. */
export function namesCollection(path: string, collection: string): boolean {
  const names = words(collection)
  return words(path).some((word) =>
    names.some((name) => name.startsWith(word) || word.startsWith(singular(name))),
  )
}

/** True when the field's name says that it leads somewhere: `parent_id`, `createdBy`, `tool_ids`, `owner`. */
export function namesReference(path: string): boolean {
  const last = path.replaceAll('[]', '').split('.').at(-1) ?? ''
  return /(?:_ids?|Ids?|_refs?|Refs?|_by|By|_fk)$/.test(last) || ROLES.test(last)
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
