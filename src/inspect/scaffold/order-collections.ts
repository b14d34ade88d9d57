import type { CollectionProfile } from '../collection/collection-profile.js'

/** Collections such that each comes after those it refers to, and the references that would close a circle. */
export function orderCollections(collections: readonly CollectionProfile[]): {
  ordered: CollectionProfile[]
  circular: { from: string; path: string }[]
} {
  const byName = new Map(collections.map((collection) => [collection.name, collection]))
  const ordered: CollectionProfile[] = []
  const circular: { from: string; path: string }[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (collection: CollectionProfile): void => {
    const { name } = collection
    state.set(name, 'open')
    for (const { path, to } of collection.references) {
      const other = byName.get(to.collection)
      if (other === undefined || other === collection) continue
      if (state.get(other.name) === 'open') circular.push({ from: name, path })
      else if (state.get(other.name) === undefined) visit(other)
    }
    state.set(name, 'done')
    ordered.push(collection)
  }
  for (const collection of collections) if (!state.has(collection.name)) visit(collection)
  return { ordered, circular }
}
