interface ChangesFlags {
  changes?: number
  json?: boolean
  html?: string
  markdown?: string
}

const onScreen = 10

/** How many changes of a pipeline a plan shows: few on a screen, the library's choice where they are kept or read on. */
export function shownChanges({ changes, json, html, markdown }: ChangesFlags): number | undefined {
  if (changes !== undefined) return changes
  return json === true || html !== undefined || markdown !== undefined ? undefined : onScreen
}
