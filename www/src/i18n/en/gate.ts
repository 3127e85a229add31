/** Whether the ways of reading work: one card each. */
export const gate = {
  notFinished: 'not finished',
  tooFew: 'too few questions',
  works: '✓ works',
  fails: '✗ does not work',
  label: (rate: string, low: string, high: string, chance: string) =>
    `${rate} right, 95% interval ${low} to ${high}; guessing gives ${chance}`,
  scale: '0 to 100% right; dashed: guessing',
  chart: 'Factual questions',
  table: {
    summary: 'The factual questions as a table',
    caption: 'Factual questions answered right',
    columns: {
      readout: 'Read as',
      right: 'Right',
      questions: 'Questions',
      rate: 'Share right',
      interval: '95% interval',
      chance: 'Guessing gives',
    },
  },
};
