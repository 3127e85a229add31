/** Opening saved tests, and what is wrong with a file that cannot be used. */
export const opening = {
  size: (file: string, size: string, most: string) =>
    `“${file}” has ${size}, and saved tests of at most ${most} are read; save a test of fewer items`,
  damaged: 'the saved test cannot be used: the file is cut off or damaged; save or copy it anew',
  noTest: 'this is no saved test; take a file that “Save the results” wrote',
  noFormat:
    'this is no saved test: the file does not say that it is one; take the one that “Save the results” wrote',
  otherFormat: (format: string) =>
    `this is no saved test: the file says that it is “${format}”; take the one that “Save the results” wrote`,
  version: (read: number, found: string) =>
    `this page reads version ${read} of saved tests, and this is version ${found}; open it with the program that saved it, or a newer one`,
  unusable: (why: string) => `the saved test cannot be used: ${why}; save it anew where it was made`,
  refused: (why: string) => `the saved test cannot be used: ${why}`,
  twice: (item: string) => `an answer to “${item}” stands there twice`,
  figures: (shown: string) =>
    `The figures that the file itself gives are not those of its answers: ${shown}. Shown are those of its answers.`,
  figuresMore: (shown: string, more: number) =>
    `The figures that the file itself gives are not those of its answers: ${shown} (and ${more} more). Shown are those of its answers.`,
  figure: (name: string, said: string, computed: string) =>
    `${name}: ${said} in the file, ${computed} from its answers`,
  figureName: (scale: string, readout: string, field: string) => `${scale} (${readout}), ${field}`,
  noFigure: 'none',
  table: {
    remark:
      'The table holds answers only: not how they were asked, nor the factual questions, so it is not known whether these answers can be read.',
    none: 'this is no saved table: its first line does not name the columns that “Save as a table (CSV)” writes',
    cells: (row: number, cells: number, needed: number) =>
      `row ${row} has ${cells} cells where ${needed} are needed`,
    empty: 'the table has no rows',
    other: (row: number) => `row ${row} is of another model or device; one test is needed`,
    device: (device: string) => `the device “${device}” is not known`,
    row: (row: number) => `row ${row}:`,
  },
  /** A value that is not what it should be: where it stands, what it is, what is needed. */
  value: {
    missing: (at: string, wanted: string) => `${at} is missing, and ${wanted} is needed`,
    found: (at: string, found: string, wanted: string) => `${at} is ${found}, and ${wanted} is needed`,
    all: 'it',
    text: (most: number) => `a text of at most ${most} characters`,
    number: 'a number',
    share: 'a number from 0 to 1',
    whole: (low: number, high: number) => `a whole number from ${low} to ${high}`,
    flag: 'true or false',
    oneOf: (values: string[]) => `one of ${values.join(', ')}`,
    date: 'a date such as 2026-01-02T03:04:05Z',
    list: 'a list',
    entries: (least: number, most: string) => `${least} to ${most} entries`,
    object: 'an object',
    listOf: (entries: string) => `a list of ${entries}`,
    quoted: (text: string) => `“${text}”`,
  },
};
