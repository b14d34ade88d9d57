/** What stands for a value of a sensitive column. */
export const hiddenValue = '‹hidden›'
