import { words } from '../i18n';
import { own } from './checks';
import { decimal, listed } from './format';

/** Figures nearer than this are the same. */
const TOLERANCE = 1e-6;
/** So many are named. */
const NAMED = 3;

const SCORE = ['score', 'low', 'high', 'expected', 'expected_low', 'expected_high', 'd', 'd_low', 'd_high'];

/** The scores that a summary holds, by a name for people. It may be of any shape: it is from a file. */
export function figures(summary: unknown): Map<string, number> {
  const found = new Map<string, number>();
  for (const score of entries(own(summary, 'scores'))) {
    for (const name of SCORE)
      put(found, `${own(score, 'trait')} (${own(score, 'readout')}), ${name}`, own(score, name));
  }
  for (const score of entries(own(own(summary, 'likert'), 'scores'))) {
    const scale = [own(score, 'domain'), own(score, 'facet')]
      .filter(name => typeof name === 'string')
      .join(': ');
    const of = `${scale} (${own(score, 'readout')})`;
    put(found, `${of}, score`, own(score, 'score'));
    for (const name of ['value', 'low', 'high'])
      put(found, `${of}, expected ${name}`, own(own(score, 'expected'), name));
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
    return figure(name, of(said.get(name)), of(computed.get(name)));
  });
  const more = names.length - NAMED;
  return more > 0 ? opening.figuresMore(listed(shown), more) : opening.figures(listed(shown));
}

function put(figures: Map<string, number>, name: string, value: unknown): void {
  if (typeof value === 'number') figures.set(name, value);
}

function entries(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, 10_000) : [];
}
