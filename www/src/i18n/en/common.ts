/** What several parts of the page say. */
export const common = {
  and: 'and',
  interval: '95% interval',
  range: (low: string, high: string) => `${low} to ${high}`,
  share: (part: number, whole: number) => `${part} of ${whole}`,
  quoted: (text: unknown) => `“${text}”`,
  yesNo: (yes: boolean): string => (yes ? 'yes' : 'no'),
};
