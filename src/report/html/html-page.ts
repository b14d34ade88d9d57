import { html, type Html } from './html.js'
import { pageStyle } from './page-style.js'

/** One self-contained file: it loads nothing, runs nothing, and sends nothing. */
export function htmlPage(title: string, body: Html): string {
  const style: Html = { markup: pageStyle }
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `
  return page.markup
}
