import { language, words } from '../i18n';

/** Numbers as people read them, in the language of the page. */

/** A number with so many decimals. */
export function decimal(value: number, digits: number): string {
  const key = `${language} ${digits}`;
  let format = formats.get(key);
  if (!format) {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
    format = new Intl.NumberFormat(language, options);
    formats.set(key, format);
  }
  return format.format(value);
}

/** To make one takes longer than to use it a hundred times. */
const formats = new Map<string, Intl.NumberFormat>();

/** Bytes in megabytes or gigabytes, as file managers count them. */
export function bytes(value: number): string {
  if (value >= 1e9) return `${decimal(value / 1e9, 2)} GB`;
  if (value >= 1e6) return `${decimal(value / 1e6, value < 1e7 ? 1 : 0)} MB`;
  return `${Math.max(1, Math.round(value / 1e3))} kB`;
}

/** A part of so many bytes, the unit told once where both have the same: 42 of 98 MB. */
export function share(done: number, total: number): string {
  const [part = '', unit] = bytes(done).split(' ');
  const whole = bytes(total);
  return words.common.part(whole.endsWith(` ${unit}`) ? part : bytes(done), whole);
}

/** A count of parameters. */
export function count(value: number): string {
  if (value >= 1e9) return words.common.billion(decimal(value / 1e9, 1));
  if (value >= 1e6) return words.common.million(String(Math.round(value / 1e6)));
  return value.toLocaleString(language);
}

/** Seconds as a rough span of time. */
export function duration(seconds: number): string {
  const { duration } = words.common;
  if (seconds < 10) return duration.few;
  if (seconds < 55) return duration.seconds(Math.round(seconds / 5) * 5);
  if (seconds < 3600) return duration.minutes(Math.max(1, Math.round(seconds / 60)));
  return duration.hours(Math.round(seconds / 3600));
}

/** A share of 1 in percent. */
export function percent(share: number): string {
  return words.common.percent(Math.round(share * 100));
}

/** A score of 0 to 100. */
export function score(value: number): string {
  return String(Math.round(value));
}

/** The ends of an interval of scores. */
export function range([low, high]: [number, number]): string {
  return words.common.range(score(low), score(high));
}

/** A number with its sign. */
export function signed(value: number, digits = 2): string {
  const text = decimal(Math.abs(value), digits);
  if (Number(value.toFixed(digits)) === 0) return text;
  return value < 0 ? `−${text}` : `+${text}`;
}

/** A number of two digits, with a minus sign where it is negative. */
export function figure(value: number): string {
  return decimal(value, 2).replace('-', '−');
}

/** A dose as it was given: on its way through the core it was a number of 32 bits. */
export function dose(value: number): string {
  return value.toLocaleString(language, { maximumFractionDigits: 4 });
}

/** The same with its sign. */
export function signedDose(value: number): string {
  if (value === 0) return dose(value);
  return `${value < 0 ? '−' : '+'}${dose(Math.abs(value))}`;
}

/** A small error, with as many digits as it needs. */
export function small(value: number): string {
  if (value === 0) return '0';
  return value >= 0.01 ? decimal(value, 2) : value.toLocaleString(language, { maximumSignificantDigits: 1 });
}

/** A number of things. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString(language)} ${value === 1 ? one : many}`;
}

/** A list in words. */
export function listed(parts: string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${words.common.and} ${parts[parts.length - 1]}`;
}

/** A p-value in few digits. */
export function pValue(p: number): string {
  return p < 0.001 ? `< ${decimal(0.001, 3)}` : decimal(p, 3);
}
