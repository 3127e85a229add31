/** What the numbers are good for. */
export const CAN = [
  'show which answers this model finds more likely, item by item, with its uncertainty;',
  'show whether a way of reading the answers works at all with this model;',
  'be repeated by anyone: the saved file holds everything it takes.',
];

/** What they do not show. */
export const CANNOT = [
  'say that a model has a personality: it answers like someone, it is no one;',
  'predict how the model behaves in a conversation;',
  'settle anything with a few items: hold back from claims below 200.',
];

/** The same of a study of many settings. */
export const STUDY_CANNOT = [
  'stand for people: a setting is one way of asking one model, and no respondent;',
  'carry over the meaning that reliability and validity have with people: here a coefficient says how alike the items tell this model’s settings apart;',
  'say what the model is like without an instruction: scores that follow one show that it follows;',
  'speak for other models, or for wordings, orders and languages that were not asked;',
  'say that a model has a personality: it answers like someone, it is no one;',
  'predict how the model behaves in a conversation.',
];
