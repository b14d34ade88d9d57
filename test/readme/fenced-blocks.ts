/** A fenced block of a Markdown text. */
export interface FencedBlock {
  language: string
  /** The heading it stands under. */
  section: string
  text: string
}

/** Every fenced block in the order of the text, its indentation taken off. */
export function fencedBlocks(markdown: string): FencedBlock[] {
  const blocks: FencedBlock[] = []
  let section = ''
  let open: { indent: number; language: string; lines: string[] } | undefined
  for (const line of markdown.split('\n')) {
    const fence = /^( *)```(\w*)$/.exec(line)
    if (open === undefined) {
      section = /^#{1,3} (.*)$/.exec(line)?.[1] ?? section
      if (fence !== null) open = { indent: fence[1]?.length ?? 0, language: fence[2] ?? '', lines: [] }
    } else if (fence === null) {
      open.lines.push(line.slice(open.indent))
    } else {
      blocks.push({ language: open.language, section, text: open.lines.join('\n') })
      open = undefined
    }
  }
  return blocks
}

/** The rows of the table that has these headings, cell by cell, without code marks. */
export function tableRows(markdown: string, headings: readonly string[]): string[][] {
  const lines = markdown.split('\n')
  const start = lines.indexOf(`| ${headings.join(' | ')} |`)
  if (start < 0) throw new Error(`There is no table | ${headings.join(' | ')} |.`)
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'))
  return lines.slice(start + 2, start + length).map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  )
}
