/** What several parts of the page say. */
export const common = {
  and: 'and',
};
