import { words } from '../i18n';
import { own } from './checks';
import { decimal, listed } from './format';
import { READOUTS_WITHIN, traitLabel } from './wording';

/** Figures nearer than this are the same. */
const TOLERANCE = 1e-6;
/** So many are named. */
const NAMED = 3;

const SCORE = ['score', 'low', 'high', 'expected', 'expected_low', 'expected_high', 'd', 'd_low', 'd_high'];

/** The scores that a summary holds, by what they are of. It may be of any shape: it is from a file. */
export function figures(summary: unknown): Map<string, number> {
  const found = new Map<string, number>();
  for (const score of entries(own(summary, 'scores'))) {
    const of = [own(score, 'readout'), own(score, 'trait')];
    for (const field of SCORE) put(found, of, field, own(score, field));
  }
  for (const score of entries(own(own(summary, 'likert'), 'scores'))) {
    const of = [own(score, 'readout'), own(score, 'domain'), own(score, 'facet')];
    put(found, of, 'score', own(score, 'score'));
    for (const field of ['value', 'low', 'high'])
      put(found, of, `expected ${field}`, own(own(score, 'expected'), field));
  }
  return found;
}

/** In words, how the figures of a file differ from those of its answers; null where they do not. */
export function unlike(said: Map<string, number>, computed: Map<string, number>): string | null {
  const { opening } = words;
  const names = [...new Set([...said.keys(), ...computed.keys()])].filter(name => {
    const [a, b] = [said.get(name), computed.get(name)];
    return a === undefined || b === undefined || Math.abs(a - b) > TOLERANCE;
  });
  if (names.length === 0) return null;
  const shown = names.slice(0, NAMED).map(name => {
    const { figure, noFigure } = opening;
    const of = (value: number | undefined) => (value === undefined ? noFigure : decimal(value, 4));
    return figure(named(name), of(said.get(name)), of(computed.get(name)));
  });
  const more = names.length - NAMED;
  return more > 0 ? opening.figuresMore(listed(shown), more) : opening.figures(listed(shown));
}

/** `of` are the read-out and the names of the scale; `field` is called as in the file. */
function put(figures: Map<string, number>, of: unknown[], field: string, value: unknown): void {
  const names = of.map(name => (typeof name === 'string' ? name : null));
  if (typeof value === 'number') figures.set(JSON.stringify([field, ...names]), value);
}

/** A figure's key in words. */
function named(key: string): string {
  const [field, readout, ...scale] = JSON.parse(key) as (string | null)[];
  const names = scale.filter(name => name !== null).map(traitLabel);
  const way = readout === 'letters' || readout === 'continuation' ? READOUTS_WITHIN[readout] : readout;
  return words.opening.figureName(names.join(': '), way ?? '', field ?? '');
}

function entries(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, 10_000) : [];
}
