import type { GateResult, Readout } from '../types';
import { type Change, intervalOf, type Shift } from './comparison';
import { listed, plural, signed } from './format';
import { ENOUGH, TOO_FEW } from './intervals';
import { gateOf, isOffered, type Report } from './report';
import { gateLine, READOUT_NAMES, statementGateLine } from './wording';

/** What is said of tests, or studies, beside each other. */

/** The usual level of a test, after adjustment. */
const LEVEL = 0.05;

/** Whether a change is more than items, or settings, by chance would make of nothing. */
function isClear({ difference, paired, adjusted }: Shift): boolean {
  const interval = intervalOf(difference, paired);
  return interval !== null && interval[0] * interval[1] > 0 && adjusted < LEVEL;
}

/** What changed against the baseline, in a sentence; `other` is what might have been asked instead. */
export function changeLine(changes: Shift[], other = 'items'): string {
  if (changes.every(({ paired }) => paired < ENOUGH)) {
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
  if (told.length === 0) return `No clear change: nothing here that other ${other} might not undo.`;
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
    sum(({ paired }) => paired),
    what,
  )} that both have complete`;
  return left === 0
    ? `${paired}.`
    : `${paired}; ${left.toLocaleString('en')} that only one has ${left === 1 ? 'is' : 'are'} left out.`;
}

/** What the factual questions say against a read-out of a report; null where they say that it works. */
export function doubt(report: Report, readout: Readout): string | null {
  if (isOffered(report, readout) === null) {
    return 'From a table: its factual questions are not known, so these may be answers that mean nothing.';
  }
  return doubtOf(gateOf(report) ?? [], readout, report.kind);
}

/** The same of what the factual questions came to. */
export function doubtOf(gate: GateResult[], readout: Readout, kind: Report['kind']): string | null {
  const own = gate.find(result => result.readout === readout);
  if (!own) {
    return `No factual question was answered in the ${READOUT_NAMES[readout].toLowerCase()} read-out, so nothing is known about it.`;
  }
  if (own.passes) return null;
  return kind === 'items' ? gateLine(own) : statementGateLine(own);
}

/** An interval of differences, or that there is none. */
export function between(interval: [number, number] | null, digits = 2, none = TOO_FEW): string {
  return interval ? `${signed(interval[0], digits)} to ${signed(interval[1], digits)}` : none;
}
