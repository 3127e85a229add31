import { expect, test } from 'vitest';
import { bytes, duration, listed, signed } from '../src/page/format';
import { Pace } from '../src/page/pace';
import { fewItems, gateLine, leanings, licenceName, sentence } from '../src/page/wording';
import { gate, score } from './fixtures';

test('a read-out that guesses is said to', () => {
  expect(gateLine(gate('letters', 6))).toBe(
    'The letters read-out got 6 of 24 factual questions right: no better than guessing, so no trait score is offered from it.',
  );
  expect(gateLine({ ...gate('letters', 24), items: 96, passes: false })).toBe(
    'The letters read-out got 24 of 96 answers to 24 factual questions right (each question asked in 4 orders): better than guessing, but not clearly enough, so no trait score is offered from it.',
  );
  expect(gateLine({ ...gate('letters', 11), low: 0.28 })).toContain('not clearly enough');
  expect(gateLine({ ...gate('continuation', 2), items: 2, questions: 2, passes: false })).toBe(
    'The continuation read-out got 2 of 2 factual questions right before the test was stopped; only all 24 can show whether it works.',
  );
  expect(gateLine(gate('continuation', 21))).toContain('so its scores can be shown');
});

test('only what is clear of the middle is called a lean, and never a being', () => {
  const text = leanings([
    score('Openness', { low: 60, high: 90 }),
    score('Psychopathy', { low: 0, high: 20 }),
    score('Neuroticism', { low: 40, high: 70 }),
  ]);
  expect(text).toBe(
    'On these items the model answers like someone high in openness, and low in psychopathy. The other trait shows no clear lean.',
  );
  expect(leanings([score('Openness', { low: 40, high: 90 })])).toContain('No clear lean');
  expect(fewItems([score('Openness', { items: 2 })])).toContain('Only 2 items a trait');
  expect(fewItems([score('Openness', { items: 10 })])).toBeNull();
});

test('numbers read as people write them', () => {
  expect([bytes(98_362_432), bytes(1_234_567), bytes(2.5e9), bytes(12)]).toEqual([
    '98 MB',
    '1.2 MB',
    '2.50 GB',
    '1 kB',
  ]);
  expect([duration(3), duration(33), duration(70), duration(600)]).toEqual([
    'a few seconds',
    'about 35 seconds',
    'about 1 minute',
    'about 10 minutes',
  ]);
  expect([signed(-1.234), signed(0.5), signed(-0.001)]).toEqual(['−1.23', '+0.50', '0.00']);
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
});

test('the pace is that of the phase', () => {
  const pace = new Pace();
  pace.note('gate', 0, 10, 0);
  expect(pace.secondsLeft).toBeNull();
  pace.note('gate', 5, 10, 5000);
  expect([pace.rate, pace.secondsLeft]).toEqual([1, 5]);
  pace.note('items', 0, 100, 6000);
  expect(pace.secondsLeft).toBeNull();
  pace.note('items', 20, 100, 16000);
  expect(pace.secondsLeft).toBe(40);
});

test('a message of the core is a sentence, unless it begins with a name', () => {
  expect(sentence('the item file cannot be used: it has no items')).toBe(
    'The item file cannot be used: it has no items',
  );
  expect(sentence('stopped')).toBe('Stopped');
  expect(sentence('another file, later')).toBe('Another file, later');
  for (const name of [
    'token_embd.weight is missing',
    'llama2 is not known',
    'gguf.magic',
    '“x.csv” is of a kind',
    '',
  ]) {
    expect(sentence(name)).toBe(name);
  }
});

test('licences are written as SPDX does', () => {
  expect(['apache-2.0', 'Apache-2.0', 'mit', 'cc-by-4.0', 'gemma'].map(licenceName)).toEqual([
    'Apache-2.0',
    'Apache-2.0',
    'MIT',
    'CC-BY-4.0',
    'gemma',
  ]);
  expect(licenceName(null)).toBe('licence not stated');
});
