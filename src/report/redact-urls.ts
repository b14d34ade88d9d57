/** The password between `scheme://user:` and the last `@` before the path; a URL that was taken for a path has lost a slash. */
const password = /\b([a-z][a-z0-9+.-]*:\/{1,2}[^\s:/?#@'"]*):([^\s/?#'"]*)@/gi

/** A query parameter whose name says that its value is a secret. */
const secretParameter =
  /([?&][\w.-]*(?:password|passwd|pwd|passphrase|secret|token|api_?key|access_?key|signature|auth)[\w.-]*=)[^\s&#'"]+/gi

/** libpq's other form: `host=… password=…`. */
const keywordPassword = /\b(password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&'"]+)/gi

/** The text with the secrets of every URL in it as `***`: `postgres://ada:***@db/shop`. */
export function redactUrls(text: string): string {
  return text.replace(password, '$1:***@').replace(secretParameter, '$1***').replace(keywordPassword, '$1***')
}
