import { escapeHtml } from './escape-html.js'

/** A piece of HTML that is safe to put into a page as it is. */
export interface Html {
  readonly markup: string
}

type Part = Html | string | number | readonly Part[]

/** HTML from a template: what is put in is escaped, unless it is HTML itself. */
export function html(literals: TemplateStringsArray, ...parts: Part[]): Html {
  return {
    markup: literals.reduce((markup, literal, index) => markup + markupOf(parts[index - 1] ?? '') + literal),
  }
}

function markupOf(part: Part): string {
  if (typeof part === 'string') return escapeHtml(part)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(markupOf).join('')
}
