/**
 * What errors and notices of the library say, by their codes, in a language other than its own: it speaks English. Each entry is a whole
 * sentence that says what is wrong and what to do; the library's own message, which has the particulars, is shown below it.
 */
export const errors: Record<string, string> = {};
