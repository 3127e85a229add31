/** How the items are asked, for those who want to decide. */
export const options = {
  heading: 'Options',
  readouts: 'How the answers are read',
  askFailing: 'Ask the items also where the factual questions fail (takes longer, and gives no score)',
  templatesHeading: 'Question templates for the letters',
  templatesWhy:
    'The same item in three forms, since a small model’s choice may hang on the form. Each is asked in more than one order of the answers.',
  templates: {
    T1: 'quotes the situation and asks for a suggestion; answers A. to D.',
    T2: 'insists that one must be chosen; answers 1 = to 4 =, numbers in the place of letters',
    T3: 'the bare question; answers A: to D:',
  },
  labels: 'Labels of the answers',
  ownLabels: 'Those of the template',
  orders: 'Orders of the answers',
  twoOrders: 'Two, each a mirror of the other',
  allOrders: 'All 24 (twelve times as many questions)',
  texts: 'What the model gets to read',
  besides: 'What is asked besides',
  paraphrases: 'Paraphrases of the items too',
  gain: 'Each answer after a neutral prompt too (shows how likely its words are in themselves)',
  system: 'System prompt',
  noSystem: 'None: the model’s own default is used',
  systemHint:
    'What the model is told before every item, such as “You are a shy person.” Run the test with and without it to see what it changes.',
  prompt: 'Form of the prompt',
  prompts: {
    auto: 'As a conversation if possible',
    chat: 'As a conversation',
    raw: 'As bare text (base models)',
  },
  noChat: 'The loaded model has no form for conversations, so it can only be asked in bare text.',
  arithmetic: 'Arithmetic on the CPU',
  exact: 'Exact',
  rounded: 'Quicker, with rounded numbers',
  arithmeticHint:
    'Rounding shifts probabilities a little; how much is measured on some of the factual questions. A GPU does not round.',
  seed: 'Seed of the intervals',
  seedHint: 'Intervals come from drawing items by chance; the same number draws the same ones again.',
};
