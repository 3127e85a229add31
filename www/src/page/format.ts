/** Numbers as people read them. */

/** Bytes in megabytes or gigabytes, as file managers count them. */
export function bytes(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} GB`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(value < 1e7 ? 1 : 0)} MB`;
  return `${Math.max(1, Math.round(value / 1e3))} kB`;
}

/** A part of so many bytes, the unit told once where both have the same: 42 of 98 MB. */
export function share(done: number, total: number): string {
  const [part = '', unit] = bytes(done).split(' ');
  const whole = bytes(total);
  return whole.endsWith(` ${unit}`) ? `${part} of ${whole}` : `${bytes(done)} of ${whole}`;
}

/** A count of parameters. */
export function count(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} billion`;
  if (value >= 1e6) return `${Math.round(value / 1e6)} million`;
  return value.toLocaleString('en');
}

/** Seconds as a rough span of time. */
export function duration(seconds: number): string {
  if (seconds < 10) return 'a few seconds';
  if (seconds < 55) return `about ${Math.round(seconds / 5) * 5} seconds`;
  if (seconds < 90) return 'about 1 minute';
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} minutes`;
  const hours = seconds / 3600;
  return hours < 1.5 ? 'about 1 hour' : `about ${Math.round(hours)} hours`;
}

/** A share of 1 in percent. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** A score of 0 to 100. */
export function score(value: number): string {
  return String(Math.round(value));
}

/** The ends of an interval of scores. */
export function range([low, high]: [number, number]): string {
  return `${score(low)} to ${score(high)}`;
}

/** A number with its sign. */
export function signed(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return value < 0 ? `−${text}` : `+${text}`;
}

/** A number of two digits, with a minus sign where it is negative. */
export function figure(value: number): string {
  return value.toFixed(2).replace('-', '−');
}

/** A dose as it was given: on its way through the core it was a number of 32 bits. */
export function dose(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** A small error, with as many digits as it needs. */
export function small(value: number): string {
  if (value === 0) return '0';
  return value >= 0.01 ? value.toFixed(2) : value.toPrecision(1);
}

/** A number of things. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString('en')} ${value === 1 ? one : many}`;
}

/** A list in words. */
export function listed(words: string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** A p-value in few digits. */
export function pValue(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
