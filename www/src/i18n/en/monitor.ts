/** Whether a meter tells the answer, and texts of the user's own along a direction. Names of traits come as they stand within a sentence. */
export const monitor = {
  heading: 'Does the meter tell the answer?',
  what: 'The meter of a trait is read just before each answer, under instructions that ask for either side of it. A meter that only tells which instruction was given is no mind reader.',
  meter: 'Meter',
  first: 'Reading the texts of the direction',
  extents: {
    quick: 'The trait’s own items, as they are and under two instructions for either side',
    full: 'All of its items, as they are and under five instructions for either side',
  },
  noneAsked:
    'The items ask about none of the traits that this model has directions of, so no answer can be held against a meter. Your own texts can be read along them below.',
  start: 'Read the meter and ask',
  again: 'Read and ask again',
  nothing: 'It was stopped before anything was answered.',
  early: 'The study ended early; what was done is kept, and instructions may lack items.',
  save: 'Save the study',
  asItIs: 'as it is',
  /** What the system prompts of either side are called. */
  persona: (side: 'high' | 'low', number: string): string => `${side} ${number}`,

  chart: {
    label: (trait: string) => `Meter of ${trait} and answers`,
    legend: (trait: string) =>
      `Each mark is an answer. Upwards: the answers of the high side are likelier (nats a token). To the right: the meter on ${trait} reads more at the last token before the answer, against neutral text.`,
    sides: { plain: 'as it is', high: 'asked to be high', low: 'asked to be low' },
    means: (side: string, meter: string, answers: string) => `${side}: meter ${meter}, answers ${answers}`,
    words: (trait: string, answers: number, means: string[]) =>
      `Reading of ${trait} before each of ${answers} answers against the answer. On average, ${means.join('; ')}. The tables below hold all numbers.`,
    axis: 'meter before the answer, in standard deviations',
    large: 'large: means',
  },

  table: {
    group: 'Meter and answers under each instruction',
    caption: 'Meter and answers',
    instruction: 'Instruction',
    answers: 'Answers',
    meanMeter: 'Mean meter (z)',
    meanAnswer: 'Mean d',
    rank: 'Rank r',
    together: 'all together',
    noInterval:
      'All together has no interval: the same items are asked under every instruction, so its answers do not stand each for itself.',
    rows: 'Every answer as a table',
    everyAnswer: 'Every answer',
    item: 'Item',
    askedToBe: 'Asked to be',
    reading: 'Meter (z)',
  },

  texts: {
    summary: 'Texts of your own',
    first: 'Reading the texts',
    about:
      'What would a model learn from them? Each answer is read along the direction, beside the model’s own answer to the same question: the more it lies to one side, the more it would pull a model there that is trained on it.',
    field: 'Questions and answers',
    example:
      'A question ⇥ an answer, with a tab between, or a text by itself; one a line. Or JSON with “prompt” and “response”.',
    open: 'Or open a file of texts',
    start: 'Read the texts',
    nothing: 'It was stopped before any text was read.',
    early: 'It ended early; the texts that were read are below.',
    group: 'Texts in the order of their readings',
    caption: (trait: string) => `Most ${trait} first, in standard deviations of neutral text`,
    difference: 'Difference',
    z: 'Text (z)',
    text: 'Text',
    ownZ: 'Own answer (z)',
    own: 'The model’s own answer',
    save: 'Save the readings',
    oneFile: 'the texts of one file are read at a time',
  },
};
