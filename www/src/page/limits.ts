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
