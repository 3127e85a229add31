import type { Words } from '..';

export const common: Words['common'] = {
  and: 'und',
  interval: '95-%-Intervall',
  range: (low, high) => `${low} bis ${high}`,
  share: (part, whole) => `${part} von ${whole}`,
  quoted: text => `„${text}“`,
  yesNo: yes => (yes ? 'ja' : 'nein'),
};
