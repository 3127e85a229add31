/** What is said of parts of the address that are not used. */
export const settings = {
  unknown: (key: string) => `“${key}” is not a setting.`,
  refused: (text: string, key: string, allowed: string) =>
    `“${text}” is not allowed for “${key}”: it takes ${allowed}.`,
  noModel: (id: string) => `“${id}” is not allowed for “model”: the catalogue has no such model.`,
  noTrait: (trait: string) => `The items know no trait “${trait}”.`,
  crowdedOut: (trait: string) =>
    `“${trait}” gets no item, since “items” is fewer than the traits; make it larger.`,
  /** What settings take. */
  allowed: {
    model: 'the id of a model in the catalogue',
    inventory: 'an inventory and a language, such as ipip-neo-120.en',
    oneOf: (values: readonly string[]) => values.join(', '),
    someOf: (values: readonly string[]) => `one or more of ${values.join(', ')}`,
    version: '1, the version of this page; a later one is for a newer page',
    yesNo: '0 or 1',
    whole: (low: number, high: number) => `a whole number from ${low} to ${high}`,
    wholeOr: (low: number, high: number, other: string) =>
      `a whole number from ${low} to ${high}, or "${other}"`,
    number: (low: number, high: number) => `a number from ${low} to ${high}`,
    traits: 'names of traits, separated by commas',
    direction: 'the name of a direction, such as agreeableness',
    text: (most: number) => `a text of at most ${most} characters`,
    dials: (most: number, dose: number) =>
      `up to ${most} traits with doses from -${dose} to ${dose}, such as agreeableness:0.2,humour:-0.1`,
  },
};
