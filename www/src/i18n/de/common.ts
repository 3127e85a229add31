import { plural } from '../../page/format';
import type { Words } from '..';

export const common: Words['common'] = {
  and: 'und',
  interval: '95-%-Intervall',
  range: (low, high) => `${low} bis ${high}`,
  share: (part, whole) => `${part} von ${whole}`,
  part: (part, whole) => `${part} von ${whole}`,
  percent: whole => `${whole} %`,
  billion: count => `${count} Milliarden`,
  million: count => `${count} Millionen`,
  duration: {
    few: 'ein paar Sekunden',
    seconds: count => `etwa ${count} Sekunden`,
    minutes: count => `etwa ${plural(count, 'Minute', 'Minuten')}`,
    hours: count => `etwa ${plural(count, 'Stunde', 'Stunden')}`,
  },
  quoted: text => `„${text}“`,
  sure: 'Ja, löschen',
  spare: 'Nein, behalten',
  yesNo: yes => (yes ? 'ja' : 'nein'),
};
