/** What charts and tables of scores say; numbers come as words of the language. */
export const charts = {
  /** Which of several named values are the highest and the lowest. */
  extremes: {
    one: (name: string, value: string) => `${name} ${value}`,
    same: (value: string) => `all at ${value}`,
    ends: (highest: string, high: string, lowest: string, low: string) =>
      `highest ${highest} ${high}, lowest ${lowest} ${low}`,
    none: 'no values',
    without: (found: string, names: string[]) => `${found}; none for ${names.join(', ')}`,
  },
  bars: {
    label: (found: string) => `Trait scores of 100: ${found}`,
    row: (trait: string, score: string, sure: string, weight: string) =>
      `${trait}: ${score} of 100, ${sure}, average weight on the high answers ${weight}`,
    interval: (ends: string) => `95% interval ${ends}`,
    tooFew: 'too few items for an interval',
    high: (end: string) => `high: ${end}`,
    low: 'low answers',
    middle: 'balance',
    top: 'high answers',
    score: 'score with 95% interval',
    weight: 'average weight on the high answers',
  },
  table: {
    letters:
      'Score: share of items where a high answer wins over both orders. Weight: average probability of the high answers. d: preference for the high answers.',
    continuation:
      'Score: share of items where a high answer is the most likely one per token (a word or a piece of one). Weight: average probability of the high answers. d: mean log-probability per token, high minus low.',
    brackets: 'In brackets: the 95% interval, how far a figure might change with other items of the kind.',
    few: 'Too few items: fewer than five may agree by luck, and an interval from them would look surer than it is.',
    trait: 'Trait',
    score: 'Score',
    weight: 'Weight',
    d: 'd',
    items: 'Items',
    refusals: 'Refusals',
  },
  radar: {
    label: (axes: number, low: number, high: number, middle: string, found: string[]) =>
      `Radar of ${axes} scores from ${low} to ${high}, neutral at ${middle}. ${found.join('. ')}. The table holds all numbers.`,
    shape: (name: string, found: string) => `${name}: ${found}`,
    neutral: (middle: string) => `neutral, ${middle}`,
    caution:
      'The area of a radar means nothing, and changes with the order of the axes: the bars are the better reading.',
    beside: 'The same as a radar',
  },
};
