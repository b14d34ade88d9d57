/** The longest text that V8 has, in UTF-16 units (`buffer.constants.MAX_STRING_LENGTH`). */
export const longestText = 2 ** 29 - 24
