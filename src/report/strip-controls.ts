/**
 * C0, DEL and C1 controls, and the characters that reorder or hide text (bidi marks, embeddings, overrides, isolates;
 * zero width; line and paragraph separators): what could move a cursor, recolour a terminal or fake a line.
 */
// oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
const controls = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

// A lone surrogate becomes U+FFFD in UTF-8 anyway; here it is seen.
const loneSurrogates = /\p{Surrogate}/gu

/** The text without anything that a terminal would act upon; newlines and tabs become a space. */
export function stripControls(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(controls, '')
    .replace(loneSurrogates, '\ufffd')
}
