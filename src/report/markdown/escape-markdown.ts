import { stripControls } from '../strip-controls.js'

/** Text that Markdown shows as it is: nothing in it formats, links, mentions, ends a table cell or is HTML. */
export function escapeMarkdown(text: string): string {
  return stripControls(text)
    .replace(/[\\`*_{}[\]#!|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/(https?|ftp):\/\//gi, '$1&#58;//')
}

/** Text as code, also inside a table: `<code>` takes any character, back-ticks would not. */
export function markdownCode(text: string): string {
  const seen = stripControls(text)
  if (seen === '') return ''
  return `<code>${escapeMarkdown(seen)}</code>`
}
