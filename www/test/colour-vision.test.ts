import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { difference, lab, linear, seen, type Triple, VISIONS } from './colour-vision';

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
function least(one: Triple, other: Triple): { vision: string; value: number } {
  const found = Object.keys(VISIONS).map(vision => ({
    vision,
    value: difference(lab(seen(one, vision)), lab(seen(other, vision))),
  }));
  return found.reduce((best, next) => (next.value < best.value ? next : best));
}

/** The file that makes a second mark, and how. */
type Mark = [file: string, how: RegExp];

interface Told {
  what: string;
  /** Two colours; of one that the other is seen through, `name share` says how much it covers. */
  colours: [string, string];
  /** What tells them apart beside the colours. */
  mark?: Mark;
  /** Whether the colours have to do without it. */
  clear?: boolean;
}

const steps = (mark: Mark, what: string, most = 4): Told[] =>
  Array.from({ length: most }, (_, i) => ({
    what: `${what}, step ${i + 1}`,
    colours: [`below-${i + 1}`, `above-${i + 1}`],
    clear: true,
    mark,
  }));

const UNDERLINE: Mark = [
  'page/elements/token-text.ts',
  /\.n1,\s*\.n2,\s*\.n3,\s*\.n4 \{\s*text-decoration: underline/,
];
const STROKE: Mark = ['page/elements/layer-map.ts', /if \(step < 0\) strokes \+=/];
const SIGN: Mark = ['page/elements/specificity-result.ts', />\$\{signed\(effect\.change\.d\.value\)\}<\/td>/];

const SHAPE: Mark = [
  'page/elements/monitor-chart.ts',
  /side === 'plain'\) return svg`<circle[\s\S]*<polygon/,
];

/** What is told apart by colour in each element: clearly enough for all eyes, or by a second mark as well. */
const TOLD: Record<string, Told[]> = {
  'token-text': steps(UNDERLINE, 'tokens below and above neutral text'),
  'layer-map': steps(STROKE, 'cells of the layer map'),
  'specificity-result': [
    ...steps(SIGN, 'matrix: answers less likely and likelier', 3),
    {
      what: 'matrix: the direction’s own trait and others',
      colours: ['ink', 'line'],
      clear: true,
      mark: ['page/elements/specificity-result.ts', /td\.own \{\s*outline: 2px/],
    },
  ],
  'monitor-chart': [
    { what: 'meter: high and low side', colours: ['accent', 'warn'], mark: SHAPE },
    { what: 'meter: high side and as it is', colours: ['accent', 'ink-soft'], mark: SHAPE },
    { what: 'meter: low side and as it is', colours: ['warn', 'ink-soft'], mark: SHAPE },
  ],
  'score-radar': [
    {
      what: 'radar: first and second shape',
      colours: ['accent', 'ink'],
      mark: ['page/elements/score-radar.ts', /\.second\.edge \{\s*stroke-dasharray/],
    },
  ],
  'trace-chart': [
    {
      what: 'traces: steered and not',
      colours: ['accent', 'line-strong'],
      mark: ['page/elements/trace-chart.ts', /\.unsteered \{[^}]*stroke-dasharray/],
    },
  ],
  'dose-chart': [
    {
      what: 'doses: the trait and chance',
      colours: ['accent', 'line-strong'],
      mark: ['page/elements/dose-chart.ts', /\.chance \{\s*fill: none/],
    },
    {
      what: 'doses: where texts fall apart and where not',
      colours: ['warn 0.1', 'surface'],
      mark: ['page/elements/dose-chart.ts', /line class="edge"/],
    },
  ],
  'plane-chart': [
    {
      what: 'plane: far from the others',
      colours: ['accent', 'warn'],
      mark: ['page/elements/plane-chart.ts', /\.apart \{\s*fill: none/],
    },
  ],
  'score-chart': [{ what: 'scores: bar and its track', colours: ['bar', 'sunken'], clear: true }],
  class: [
    {
      what: 'class: point and median',
      colours: ['accent', 'ink'],
      mark: ['page/elements/class.ts', /line class="median"/],
    },
  ],
  'ladder-chart': [
    { what: 'steps: the line and its grid', colours: ['accent', 'line'], clear: true },
    {
      what: 'steps: the line and the line at 0',
      colours: ['accent', 'line-strong'],
      mark: ['page/elements/ladder-chart.ts', /<polyline points[\s\S]*<circle cx/],
    },
    {
      what: 'steps: one trait and another',
      colours: ['accent', 'accent'],
      mark: ['page/elements/ladder-chart.ts', /<figcaption>\$\{scale\}/],
    },
  ],
  'likert-result': [
    {
      what: 'statements: the model’s answer and people’s mean',
      colours: ['accent', 'ink'],
      mark: ['page/elements/likert-result.ts', /\.people \{\s*fill: none/],
    },
    {
      what: 'statements: where most people lie and the track',
      colours: ['line-strong 0.45', 'sunken'],
      clear: true,
    },
    {
      what: 'statements: the model’s answer and where most people lie',
      colours: ['accent', 'line-strong'],
      mark: ['page/elements/chart-parts.ts', /\.point \{[^}]*stroke: var\(--surface\)/],
    },
  ],
  'letters-panel': [
    { what: 'letters: bar and its track', colours: ['bar', 'sunken'], clear: true },
    {
      what: 'letters: bar and what chance would give',
      colours: ['bar', 'ink'],
      clear: true,
      mark: ['page/elements/letters-panel.ts', /\.even \{[^}]*stroke-dasharray/],
    },
  ],
  'gate-panel': [
    { what: 'factual questions: bar and its track', colours: ['bar', 'sunken'], clear: true },
    { what: 'factual questions: bar and interval', colours: ['bar', 'ink'], clear: true },
    {
      what: 'factual questions: interval and guessing',
      colours: ['ink', 'ink'],
      mark: ['page/elements/gate-panel.ts', /\.chance \{[^}]*stroke-dasharray/],
    },
    {
      what: 'factual questions: works and fails',
      colours: ['good', 'warn'],
      mark: ['i18n/en/gate.ts', /works: '✓[^']*',\s*fails: '✗/],
    },
  ],
  'difference-chart': [
    { what: 'differences: point and track', colours: ['accent', 'sunken'], clear: true },
    {
      what: 'differences: interval and the line at 0',
      colours: ['ink', 'ink'],
      mark: [
        'page/elements/difference-chart.ts',
        /class="zero" x1="50%" x2="50%"[\s\S]*class="whisker"[^>]* y1="50%" y2="50%"/,
      ],
    },
    {
      what: 'differences: higher and lower',
      colours: ['accent', 'accent'],
      mark: ['page/elements/difference-chart.ts', /class="value num"[^>]*>\$\{signed\(difference\.value\)\}/],
    },
  ],
};

test('every element that draws is on the list', () => {
  const folder = new URL('../src/page/elements/', import.meta.url);
  const drawing = readdirSync(folder).filter(file =>
    /svg`|'above'|\.above-\d|\.p4/.test(source(`page/elements/${file}`)),
  );
  expect(Object.keys(TOLD).toSorted()).toEqual(drawing.map(file => file.replace('.ts', '')).toSorted());
});

/** A colour of a scheme, mixed where the other one is seen through it. */
function mixed(colours: Map<string, string>, named: string, below: string): Triple {
  const [name = '', share = '1'] = named.split(' ');
  const [a, b] = [colours.get(name), colours.get(below.split(' ')[0] ?? '')];
  if (!a || !b) throw new Error(`${named} or ${below} is no colour`);
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  // As browsers mix: in the numbers of sRGB, not of light.
  const hex = [1, 3, 5].map(at => {
    const value = Number(share) * channel(a, at) + (1 - Number(share)) * channel(b, at);
    return Math.round(value).toString(16).padStart(2, '0');
  });
  return linear(`#${hex.join('')}`);
}

for (const name of ['light', 'dark', 'paper'] as const) {
  describe(`to any eyes, ${name}`, () => {
    const colours = scheme(name);
    test.each(Object.values(TOLD).flat())('$what', ({ colours: [one, other], mark, clear }) => {
      const { vision, value } = least(mixed(colours, one, other), mixed(colours, other, one));
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
