import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { difference, lab, linear, seen, VISIONS } from './colour-vision';

/** Differences that are seen without looking for them: about ten times what is just seen side by side. */
const CLEAR = 10;

const source = (path: string) => readFileSync(new URL(`../src/${path}`, import.meta.url), 'utf8');
const css = source('style.css');

/** The colours of a scheme by their names; paper has the light ones, but for those of its own. */
function scheme(name: 'light' | 'dark' | 'paper'): Map<string, string> {
  const colours = (from: string) => {
    const block = css.slice(css.indexOf(from)).match(/:root \{([^}]*)\}/)?.[1] ?? '';
    return [...block.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(
      ([, key, value]) => [key, value] as [string, string],
    );
  };
  const own = { light: '', dark: '@media screen and (prefers-color-scheme: dark)', paper: '@media print' };
  return new Map([...colours(':root'), ...colours(own[name])]);
}

/** The least difference between two colours over all kinds of eyes, and whose eyes that is. */
function least(one: string, other: string): { vision: string; value: number } {
  const found = Object.keys(VISIONS).map(vision => ({
    vision,
    value: difference(lab(seen(linear(one), vision)), lab(seen(linear(other), vision))),
  }));
  return found.reduce((best, next) => (next.value < best.value ? next : best));
}

/** The file that makes a second mark, and how. */
type Mark = [file: string, how: RegExp];

interface Told {
  what: string;
  colours: [string, string];
  /** What tells them apart beside the colours. */
  mark?: Mark;
  /** Whether the colours have to do without it. */
  clear?: boolean;
}

const steps = (mark: Mark, what: string): Told[] =>
  [1, 2, 3, 4].map(step => ({
    what: `${what}, step ${step}`,
    colours: [`below-${step}`, `above-${step}`],
    clear: true,
    mark,
  }));

const UNDERLINE: Mark = [
  'page/elements/token-text.ts',
  /\.n1,\s*\.n2,\s*\.n3,\s*\.n4 \{\s*text-decoration: underline/,
];
const STROKE: Mark = ['page/elements/layer-map.ts', /if \(step < 0\) strokes \+=/];

const SHAPE: Mark = [
  'page/elements/monitor-chart.ts',
  /side === 'plain'\) return svg`<circle[\s\S]*<polygon/,
];

/** What is told apart by colour: clearly enough for all eyes, or by a second mark as well. */
const TOLD: Told[] = [
  ...steps(UNDERLINE, 'tokens below and above neutral text'),
  ...steps(STROKE, 'cells of the layer map'),
  { what: 'meter: high and low side', colours: ['accent', 'warn'], mark: SHAPE },
  { what: 'meter: high side and as it is', colours: ['accent', 'ink-soft'], mark: SHAPE },
  { what: 'meter: low side and as it is', colours: ['warn', 'ink-soft'], mark: SHAPE },
  {
    what: 'radar: first and second shape',
    colours: ['accent', 'ink'],
    mark: ['page/elements/score-radar.ts', /\.second\.edge \{\s*stroke-dasharray/],
  },
  {
    what: 'traces: steered and not',
    colours: ['accent', 'line-strong'],
    mark: ['page/elements/trace-chart.ts', /\.unsteered \{[^}]*stroke-dasharray/],
  },
  {
    what: 'doses: the trait and chance',
    colours: ['accent', 'line-strong'],
    mark: ['page/elements/dose-chart.ts', /\.chance \{\s*fill: none/],
  },
  {
    what: 'plane: far from the others',
    colours: ['accent', 'warn'],
    mark: ['page/elements/plane-chart.ts', /\.apart \{\s*fill: none/],
  },
  { what: 'scores: bar and its track', colours: ['bar', 'sunken'], clear: true },
  {
    what: 'class: point and median',
    colours: ['accent', 'ink'],
    mark: ['page/elements/class.ts', /line class="median"/],
  },
];

for (const name of ['light', 'dark', 'paper'] as const) {
  describe(`to any eyes, ${name}`, () => {
    const colours = scheme(name);
    test.each(TOLD)('$what', ({ colours: [one, other], mark, clear }) => {
      const [a, b] = [colours.get(one), colours.get(other)];
      if (!a || !b) throw new Error(`${one} or ${other} is no colour`);
      const { vision, value } = least(a, b);
      if (mark) expect(source(mark[0])).toMatch(mark[1]);
      if (clear || !mark) expect(value, `${one} and ${other} with ${vision}`).toBeGreaterThanOrEqual(CLEAR);
    });
  });
}

test('the difference is CIEDE2000', () => {
  // Pairs of the data of Sharma, Wu and Dalal (2005).
  expect(difference([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(difference([50, -1, 2], [50, 0, 0])).toBeCloseTo(2.3669, 4);
  expect(difference([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
  expect(difference([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 4);
});

test('eyes of each kind see white as white', () => {
  for (const vision of Object.keys(VISIONS)) {
    expect(difference(lab(seen([1, 1, 1], vision)), lab([1, 1, 1]))).toBeLessThan(0.1);
  }
});
