import type { KeyImage } from '../batch.js'

/** The image of a key as one text. */
export function imageText(image: KeyImage): string {
  return JSON.stringify(image)
}
