import { plural } from '../../page/format';

/** What several parts of the page say. */
export const common = {
  and: 'and',
  interval: '95% interval',
  range: (low: string, high: string) => `${low} to ${high}`,
  share: (part: number, whole: number) => `${part} of ${whole}`,
  /** Of bytes, as words of both. */
  part: (part: string, whole: string) => `${part} of ${whole}`,
  percent: (whole: number) => `${whole}%`,
  billion: (count: string) => `${count} billion`,
  million: (count: string) => `${count} million`,
  duration: {
    few: 'a few seconds',
    seconds: (count: number) => `about ${count} seconds`,
    minutes: (count: number) => `about ${plural(count, 'minute')}`,
    hours: (count: number) => `about ${plural(count, 'hour')}`,
  },
  quoted: (text: unknown) => `“${text}”`,
  /** Of what cannot be undone. */
  sure: 'Yes, delete',
  spare: 'No, keep',
  yesNo: (yes: boolean): string => (yes ? 'yes' : 'no'),
};
