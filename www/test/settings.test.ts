import { expect, test, vi } from 'vitest';
import { LANGUAGES } from '../src/i18n';
import { LABEL_STYLES } from '../src/page/forms';
import { PLACES } from '../src/page/places';
import {
  HIDEABLE,
  PRESETS,
  readSettings,
  type Settings,
  standardSettings,
  writeSettings,
} from '../src/page/settings';
import { linkTo } from '../src/page/share';

test('an empty address gives the standard settings and writes nothing', () => {
  expect(readSettings('', '')).toEqual({ settings: standardSettings(), refused: [] });
  expect(writeSettings(standardSettings())).toBe('');
});

/** Of every setting values that are not the standard; a new setting needs some here. */
const EXAMPLES: { [K in keyof Settings]: Settings[K][] } = {
  model: ['smollm2-135m-instruct-q4_1'],
  device: ['gpu', 'cpu'],
  readouts: [['continuation'], ['letters']],
  templates: [['T1', 'T3'], ['T2']],
  labels: [...LABEL_STYLES],
  orders: ['all'],
  inventory: ['ipip-neo-300.pt-br', 'ipip-neo-120.en'],
  per_trait: [null, 1, 1000],
  traits: [['Openness', 'Öffnung 2'], ['Openness']],
  items: [2, 100_000],
  prompt: ['raw', 'chat'],
  gate: [0, 4],
  failing: ['ask'],
  paraphrases: [true],
  gain: [true],
  seed: [0, 0xffff_ffff],
  activations: ['int8'],
  workers: [1, 16],
  system: ['You are a pirate. a=b&c#d+e%20f\n“g”'],
  dials: [
    [
      { trait: 'malice', dose: 0.15 },
      { trait: 'humour', dose: -0.4 },
    ],
    [{ trait: 'agreeableness', dose: 0 }],
  ],
  orthogonal: [true],
  cap: [0, 0.25],
  question: ['Who are you? a=b&c#d+e%20f\n“g”'],
  v: [1],
  study: PRESETS.filter(id => id !== standardSettings().study),
  study_size: [1, 100_000],
  push: ['full', 'every', 'texts'],
  push_trait: ['humour', 'Öffnung-2'],
  sweep: [true],
  meter: ['openness'],
  meter_extent: ['full'],
  hide: [['own'], [...HIDEABLE]],
  show: ['large'],
  lang: LANGUAGES,
  view: ['all'],
};

test('every setting has an example', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(Object.keys(standardSettings()).sort());
  expect(Object.values(EXAMPLES).filter(values => values.length === 0)).toEqual([]);
});

test.each(Object.entries(EXAMPLES).flatMap(([key, values]) => values.map(value => [key, value] as const)))(
  '%s is read again as it was written: %j',
  (key, value) => {
    const settings = { ...standardSettings(), [key]: value };
    expect(settings).not.toEqual(standardSettings());
    const search = writeSettings(settings);
    expect([...new URLSearchParams(search).keys()]).toEqual([key]);
    expect(readSettings(search)).toEqual({ settings, refused: [] });
  },
);

test('all of them together are read again, from a link too', () => {
  const first = Object.entries(EXAMPLES).map(([key, values]) => [key, values[0]]);
  const settings = Object.fromEntries(first) as Settings;
  expect(readSettings(writeSettings(settings))).toEqual({ settings, refused: [] });
  vi.stubGlobal('location', { origin: 'http://localhost', pathname: '/some/where/' });
  const link = new URL(linkTo({ ...settings, v: null, hide: [], show: 'normal' }, ['own'], 'large'));
  vi.unstubAllGlobals();
  expect(link.pathname).toBe('/some/where/');
  expect(readSettings(link.search)).toEqual({ settings, refused: [] });
});

test('the hash is read like the query, and may name a place', () => {
  expect(readSettings('?device=cpu', '#seed=7').settings).toMatchObject({ device: 'cpu', seed: 7 });
  for (const place of PLACES) {
    expect(readSettings('', `#${place}`), place).toEqual({ settings: standardSettings(), refused: [] });
  }
});

test.each([
  ['device', 'tpu'],
  ['device', ''],
  ['readouts', 'letters,palms'],
  ['templates', 'T4'],
  ['per_trait', '0'],
  ['per_trait', '1001'],
  ['per_trait', '1e3'],
  ['items', '-1'],
  ['items', '100001'],
  ['items', '0x10'],
  ['seed', '4294967296'],
  ['seed', '1.5'],
  ['workers', '0'],
  ['workers', '17'],
  ['paraphrases', 'yes'],
  ['gate', '25'],
  ['traits', '<script>'],
  ['traits', ''],
  ['model', '../../etc'],
  ['system', 'x'.repeat(2001)],
  ['dials', 'malice'],
  ['dials', 'malice:0.5'],
  ['dials', 'malice:1e-1'],
  ['dials', 'malice:0.1,malice:0.2'],
  ['dials', 'a:0,b:0,c:0,d:0,e:0'],
  ['dials', '<b>:0.1'],
  ['cap', '-0.1'],
  ['cap', '0.5'],
  ['cap', ''],
  ['question', ' '],
  ['question', 'x'.repeat(2001)],
])('%s=%s is refused, said and not used', (key, value) => {
  const { settings, refused } = readSettings(`?${new URLSearchParams({ [key]: value })}`);
  expect(settings).toEqual(standardSettings());
  expect(refused).toHaveLength(1);
  expect(refused[0]).toContain(key);
});

test('an unknown setting is said, and names of the prototype are unknown', () => {
  expect(readSettings('?colour=red&constructor=1').refused).toHaveLength(2);
});

test('a list is put in its own order without repetitions', () => {
  expect(readSettings('?templates=T3,T1,T3').settings.templates).toEqual(['T1', 'T3']);
});
