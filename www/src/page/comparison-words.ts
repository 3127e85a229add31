import type { Readout } from '../types';
import { type Change, intervalOf } from './comparison';
import { listed, plural, signed } from './format';
import { ENOUGH, TOO_FEW } from './intervals';
import { gateOf, isOffered, type Report } from './report';
import { gateLine, READOUT_NAMES, statementGateLine } from './wording';

/** What is said of tests beside each other. */

/** The usual level of a test, after adjustment. */
const LEVEL = 0.05;

/** Whether a change is more than items by chance would make of nothing. */
function isClear({ difference, items, adjusted }: Change): boolean {
  const interval = intervalOf(difference, items);
  return interval !== null && interval[0] * interval[1] > 0 && adjusted < LEVEL;
}

/** What changed against the baseline, in a sentence. */
export function changeLine(changes: Change[]): string {
  if (changes.every(({ items }) => items < ENOUGH)) {
    return `Fewer than ${ENOUGH} of each: too few to tell a change from luck.`;
  }
  const names = (sign: number) =>
    changes
      .filter(change => isClear(change) && change.difference.value * sign > 0)
      .map(({ scale }) => scale.toLowerCase());
  const [up, down] = [names(1), names(-1)];
  const told = [
    ...(up.length > 0 ? [`more like someone high in ${listed(up)}`] : []),
    ...(down.length > 0 ? [`less like someone high in ${listed(down)}`] : []),
  ];
  if (told.length === 0) return 'No clear change: nothing here that other items might not undo.';
  const rest = changes.length - up.length - down.length;
  const others =
    rest === 0 ? '' : ` ${rest === 1 ? 'One other shows' : `${rest} others show`} no clear change.`;
  return `It answers ${told.join(', and ')}.${others}`;
}

/** On how many items that rests, in a sentence. */
export function pairedLine(changes: Change[], kind: Report['kind']): string {
  const sum = (of: (change: Change) => number) => changes.reduce((total, change) => total + of(change), 0);
  const what = kind === 'items' ? 'item' : 'statement';
  const left = sum(({ unpaired }) => unpaired);
  const paired = `Over ${plural(
    sum(({ items }) => items),
    what,
  )} that both have complete`;
  return left === 0
    ? `${paired}.`
    : `${paired}; ${left.toLocaleString('en')} that only one has ${left === 1 ? 'is' : 'are'} left out.`;
}

/** What the factual questions say against a read-out of a report; null where they say that it works. */
export function doubt(report: Report, readout: Readout): string | null {
  const offered = isOffered(report, readout);
  if (offered === true) return null;
  if (offered === null) {
    return 'From a table: its factual questions are not known, so these may be answers that mean nothing.';
  }
  const gate = gateOf(report)?.find(result => result.readout === readout);
  if (!gate) {
    return `No factual question was answered in the ${READOUT_NAMES[readout].toLowerCase()} read-out, so nothing is known about it.`;
  }
  return report.kind === 'items' ? gateLine(gate) : statementGateLine(gate);
}

/** An interval of differences, or that there is none. */
export function between(interval: [number, number] | null, digits = 2): string {
  return interval ? `${signed(interval[0], digits)} to ${signed(interval[1], digits)}` : TOO_FEW;
}
