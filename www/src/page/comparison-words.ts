import { language, words } from '../i18n/all';
import type { GateResult, Readout } from '../types';
import { type Change, intervalOf, type Shift } from './comparison';
import { listed, signed } from './format';
import { ENOUGH, tooFew } from './intervals';
import { gateOf, isOffered, type Report } from './report';
import { gateLine, READOUTS_WITHIN, statementGateLine, traitWithin } from './wording';

/** What is said of tests, or studies, beside each other. */

/** The usual level of a test, after adjustment. */
const LEVEL = 0.05;

/** Whether a change is more than items, or settings, by chance would make of nothing. */
function isClear({ difference, paired, adjusted }: Shift): boolean {
  const interval = intervalOf(difference, paired);
  return interval !== null && interval[0] * interval[1] > 0 && adjusted < LEVEL;
}

/** What changed against the baseline, in a sentence; `other` is what might have been asked instead. */
export function changeLine(changes: Shift[], other = words.comparison.change.items): string {
  const said = words.comparison.change;
  if (changes.every(({ paired }) => paired < ENOUGH)) {
    return said.few(ENOUGH);
  }
  const names = (sign: number) =>
    changes
      .filter(change => isClear(change) && change.difference.value * sign > 0)
      .map(({ scale }) => traitWithin(scale));
  const [up, down] = [names(1), names(-1)];
  const told = [
    ...(up.length > 0 ? [said.up(listed(up))] : []),
    ...(down.length > 0 ? [said.down(listed(down))] : []),
  ];
  if (told.length === 0) return said.none(other);
  const rest = changes.length - up.length - down.length;
  const line = said.told(told);
  return rest === 0 ? line : said.toldSome(line, rest);
}

/** On how many items that rests, in a sentence. */
export function pairedLine(changes: Change[], kind: Report['kind']): string {
  const sum = (of: (change: Change) => number) => changes.reduce((total, change) => total + of(change), 0);
  const said = words.comparison.change;
  const left = sum(({ unpaired }) => unpaired);
  const over = (kind === 'items' ? said.pairedItems : said.pairedStatements)(sum(({ paired }) => paired));
  return left === 0 ? said.paired(over) : said.unpaired(over, left, left.toLocaleString(language));
}

/** What the factual questions say against a read-out of a report; null where they say that it works. */
export function doubt(report: Report, readout: Readout): string | null {
  if (isOffered(report, readout) === null) {
    return words.comparison.tableDoubt;
  }
  return doubtOf(gateOf(report) ?? [], readout, report.kind);
}

/** The same of what the factual questions came to. */
export function doubtOf(gate: GateResult[], readout: Readout, kind: Report['kind']): string | null {
  const own = gate.find(result => result.readout === readout);
  if (!own) {
    return words.comparison.noQuestions(READOUTS_WITHIN[readout]);
  }
  if (own.passes) return null;
  return kind === 'items' ? gateLine(own) : statementGateLine(own);
}

/** An interval of differences, or that there is none. */
export function between(interval: [number, number] | null, digits = 2, none = tooFew()): string {
  return interval ? words.wording.ends(signed(interval[0], digits), signed(interval[1], digits)) : none;
}
