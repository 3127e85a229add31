import { expect, test } from 'vitest';
import { readSettings, type Settings, standardSettings, writeSettings } from '../src/page/settings';

/** Addresses that are tried; more of them with TRAITSCOPE_FUZZ. */
const CASES = Number(process.env.TRAITSCOPE_FUZZ ?? 5_000);

/** Addresses that people share, and whose parts are mixed. */
const SEEDS = [
  '?model=smollm2-135m-instruct-q4_1&device=cpu&readouts=continuation&templates=T1,T3&labels=roman&orders=all',
  '?inventory=ipip-neo-120.de&per_trait=5&traits=Openness,Neuroticism&seed=7&gate=24&failing=ask',
  '?dials=agreeableness:0.2,humour:-0.1&orthogonal=1&cap=0.3&question=What%20now%3F&system=You%20are%20kind.',
  '?v=1&study=quick&hide=own,studies&show=large&lang=de&view=all&workers=2&activations=int8&items=40#test',
];
const WORDS = [
  '=',
  '&',
  '%',
  '%00',
  '%ff',
  '+',
  ',',
  ':',
  '#',
  '?',
  '-',
  '.',
  '0',
  '9'.repeat(30),
  'NaN',
  'Infinity',
  '1e308',
  '-0',
].concat([
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'all',
  'T1',
  '\u202e',
  '\ud800',
  '<img src=x onerror=alert(1)>',
]);

/** SplitMix32, so that a failure can be had again. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) % below;
  };
}

function address(random: (below: number) => number): string {
  const pick = <T>(all: readonly T[]) => all[random(all.length)] as T;
  let text = pick(SEEDS);
  for (let changes = 1 + random(6); changes > 0; changes -= 1) {
    const at = random(text.length + 1);
    const until = Math.min(text.length, at + random(12));
    const put = pick([pick(WORDS), pick(SEEDS).slice(random(60)), String.fromCharCode(random(0x300)), '']);
    text = text.slice(0, at) + put + text.slice(until);
  }
  return text;
}

test('whatever an address says, its settings are allowed ones, and are the same when they are shared', () => {
  const random = generator(20_261_129);
  const names = Object.keys(standardSettings()).sort();
  let taken = 0;
  for (let i = 0; i < CASES; i += 1) {
    const text = address(random);
    const [search = '', ...hash] = text.split('#');
    let found: { settings: Settings; refused: string[] };
    try {
      found = readSettings(search, hash.join('#'));
    } catch (error) {
      throw new Error(`case ${i}, ${JSON.stringify(text)}: ${error}`);
    }
    // Comparing costs more than reading.
    if (Object.keys(found.settings).length !== names.length)
      expect(Object.keys(found.settings).sort(), text).toEqual(names);
    const shared = writeSettings(found.settings);
    const again = readSettings(shared);
    if (again.refused.length > 0 || writeSettings(again.settings) !== shared)
      expect(again, text).toEqual({ ...found, refused: [] });
    if (shared !== '' && found.refused.length === 0) taken += 1;
    for (const line of found.refused) if (line.length > 400) expect(line, text).toHaveLength(400);
  }
  expect(taken).toBeGreaterThan(CASES / 100);
}, 600_000);
