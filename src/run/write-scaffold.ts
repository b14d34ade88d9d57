import type { CollectionProfile } from '../inspect/collection/collection-profile.js'
export async function writeScaffold(
  _: readonly CollectionProfile[],
  __: { cwd: string; folder: string; schema: string | undefined },
): Promise<{ files: string[]; notes: string[] }> {
  return { files: [], notes: [] }
}
