import { SourceError } from '../../src/errors.js'
import { openSource, type SourceOptions } from '../../src/source/open-source.js'
import type { RawRecord } from '../../src/source/raw-record.js'
import type { SourceDefinition } from '../../src/source/source-definition.js'

/** Every record of a source in a folder, up to the error that ended the reading. */
export async function readAll(
  folder: string,
  definition: SourceDefinition,
  options: Partial<SourceOptions> = {},
): Promise<{ records: RawRecord[]; values: unknown[]; fault: SourceError | undefined }> {
  const records: RawRecord[] = []
  let fault: SourceError | undefined
  try {
    const source = await openSource(definition, { baseDir: folder, displayDir: folder, ...options })
    for await (const chunk of source.chunks()) records.push(...chunk)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    fault = error
  }
  return { records, values: records.map((record) => record.value), fault }
}
