import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020';
import { describe, expect, test } from 'vitest';
import { traitsOf } from '../src/page/selection';
import type { ItemBank } from '../src/types';

interface Wording {
  instruction?: string;
  frame?: { choice: string; open?: string };
}

interface Level extends Wording {
  name: string;
  system?: string;
  translations?: Record<string, Wording>;
  inventory?: string;
  trait?: string;
  rank?: number;
}

interface Study {
  name: string;
  description: string;
  items?: { per_trait?: number; traits?: string[] };
  inventory?: { id: string; per_domain?: number };
  readouts: string[];
  factors?: { name: string; levels: Level[] }[];
  settings?: number;
}

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');
const names = readdirSync(new URL('studies', root))
  .filter(name => name.endsWith('.json'))
  .map(name => name.replace('.json', ''));
const read = (name: string): Study => JSON.parse(text(`studies/${name}.json`));
const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(text('docs/study.schema.json')));

const levels = (study: Study, factor?: string) =>
  (study.factors ?? []).filter(({ name }) => factor === undefined || name === factor).flatMap(f => f.levels);
const combinations = (study: Study) =>
  (study.factors ?? []).reduce((all, { levels }) => all * levels.length, 1);
const times = (whole: string, part: string) => whole.split(part).length - 1;
const distinct = (values: string[]) => new Set(values).size === values.length;

test('the studies are those that the table names', () => {
  const rows = text('studies/README.md').matchAll(/^\| `(.+)\.json` \| (\d+)(?: of ([\d,]+))?/gm);
  const table = Array.from(rows, ([, name, asked, all]) => ({
    name,
    asked: Number(asked),
    all: Number((all ?? asked)?.replace(',', '')),
  }));
  expect(table.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  for (const { name, asked, all } of table) {
    const study = read(name ?? '');
    expect([study.settings ?? all, combinations(study)]).toEqual([asked, all]);
  }
});

test('combinations are 45, 2,500 and 1,250', () => {
  const counts = ['shaping-ladder', 'settings-grid', 'profiles'].map(name => combinations(read(name)));
  expect(counts).toEqual([45, 2500, 1250]);
});

describe.each(names)('%s', name => {
  const study = read(name);

  test('is what the schema says', () => {
    validate(study);
    expect(validate.errors).toBeNull();
  });

  test('is plain ASCII but for its translations, and no text stands twice or has stray spaces', () => {
    const untranslated = (key: string, value: unknown) => (key === 'translations' ? undefined : value);
    expect(JSON.stringify(study, untranslated)).toMatch(/^[\x20-\x7e]+$/);
    const sentences = levels(study).flatMap(({ system, instruction }) =>
      [system ?? [], instruction ?? []].flat(),
    );
    const frames = levels(study).flatMap(({ frame }) => (frame ? [frame.choice, frame.open ?? ''] : []));
    expect(distinct([...sentences, ...frames])).toBe(true);
    for (const found of [study.name, study.description, ...sentences, ...frames]) {
      expect(found).not.toMatch(/^\s| {2}| \n|\n{3}|\\/);
    }
    for (const found of [study.description, ...sentences]) expect(found).toMatch(/^[A-Z0-9].*[.?]$/);
  });

  test('has names of its own for factors and for the levels of each, and asks no more settings than there are', () => {
    const factors = study.factors ?? [];
    expect(distinct(factors.map(factor => factor.name))).toBe(true);
    for (const factor of factors) expect(distinct(factor.levels.map(level => level.name))).toBe(true);
    expect(study.settings ?? 1).toBeLessThanOrEqual(combinations(study));
    expect(study.settings ?? combinations(study)).toBeLessThanOrEqual(10_000);
  });

  test('has frames that hold what they must, once', () => {
    const instructed = levels(study).some(level => level.instruction);
    const frames = levels(study).flatMap(({ frame, translations = {} }) =>
      [frame, ...Object.values(translations).map(own => own.frame)].flatMap(own => own ?? []),
    );
    expect(frames.length > 0).toBe(instructed);
    for (const { choice, open } of frames) {
      expect([times(choice, '{item}'), times(choice, '{answers}')]).toEqual([1, 1]);
      expect(choice).toMatch(/\s$/);
      // Each answer ends its line, so the first has to begin one.
      expect(choice).toContain('\n{answers}');
      expect([times(open ?? '', '{item}'), times(open ?? '', '{answers}')]).toEqual([1, 0]);
      for (const question of [choice, open ?? '']) {
        expect(times(question, '{instruction}')).toBe(1);
        expect(times(question, '{')).toBe(question === choice ? 3 : 2);
      }
    }
  });

  test('says the same in every language of its statements', () => {
    const languages = levels(study).flatMap(({ inventory }) => inventory?.split('.')[1] ?? []);
    const others = languages.filter(language => language !== 'en').toSorted();
    const worded = levels(study).filter(({ instruction, frame }) => instruction || frame);
    for (const { instruction, frame, translations = {} } of others.length > 0 ? worded : []) {
      expect(Object.keys(translations).toSorted()).toEqual(others);
      const translated = Object.values(translations);
      for (const own of translated) {
        expect([typeof own.instruction, typeof own.frame]).toEqual([typeof instruction, typeof frame]);
        expect(own.frame?.choice.at(-1)).toBe(frame?.choice.at(-1));
      }
      expect(distinct(translated.map(own => JSON.stringify(own)))).toBe(true);
    }
  });

  test('names traits that the bank has', () => {
    const known: string[] = traitsOf((JSON.parse(text('items/bank.json')) as ItemBank).items);
    const asked = study.items?.traits ?? known;
    for (const trait of asked) expect(known).toContain(trait);
    for (const { trait } of levels(study)) if (trait) expect(asked).toContain(trait);
  });
});

test('every inventory that a study names is there', () => {
  for (const study of names.map(read)) {
    if (levels(study).some(({ inventory }) => inventory)) expect(study.inventory).toBeDefined();
  }
  const folder = mkdtempSync(join(tmpdir(), 'traitscope-studies-'));
  try {
    const script = fileURLToPath(new URL('../scripts/inventories.mjs', import.meta.url));
    execFileSync(process.execPath, [script], { env: { ...process.env, TRAITSCOPE_DIST: folder } });
    const known = readdirSync(join(folder, 'items/ipip'));
    const ids = names
      .map(read)
      .flatMap(study => [study.inventory?.id, ...levels(study).map(({ inventory }) => inventory)])
      .filter(id => id !== undefined);
    expect(new Set(ids).size).toBe(10);
    for (const id of ids) expect(known).toContain(`${id}.json`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the ladder has nine steps for each of five traits, worded alike', () => {
  const steps = levels(read('shaping-ladder'));
  const degrees = ['extremely ', 'very ', '', 'somewhat ', '', 'somewhat ', '', 'very ', 'extremely '];
  const traits = [...new Set(steps.map(step => step.trait))];
  expect(traits).toHaveLength(5);
  const adjectives = (step: Level | undefined, degree = '') =>
    (step?.system ?? '')
      .split(/You are (?:also )?|,? and |, |\. ?/)
      .filter(Boolean)
      .map(part => {
        expect(part.startsWith(degree)).toBe(true);
        return part.slice(degree.length);
      });
  for (const trait of traits) {
    const own = steps.filter(step => step.trait === trait);
    expect(own.map(step => step.rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(own.map(step => step.name)).toEqual(own.map(({ rank }) => `${trait} ${rank}`));
    const [low, high] = [adjectives(own[2]), adjectives(own[6])];
    expect(new Set([...low, ...high]).size).toBe(12);
    const neither = adjectives(own[4], 'neither ');
    expect(neither).toEqual(low.map((word, place) => `${word} nor ${high[place]}`));
    for (const [place, step] of own.entries()) {
      if (place !== 4) expect(adjectives(step, degrees[place])).toEqual(place < 4 ? low : high);
    }
  }
});

// Words of character, high and low on each of the Big Five.
const ADJECTIVES =
  `adventurous aggressive ambitious anxious arrogant artistic assertive boastful bold brave calm careful careless
  cautious cheerful clumsy cold conscientious conventional cooperative creative curious daring dependable diligent dishonest
  disorganised dutiful easygoing emotional energetic extraverted extroverted fearful forgiving friendly generous gentle gloomy gregarious
  grumpy happy hard-working helpful honest humble imaginative impatient impulsive independent insecure introverted irritable jealous kind
  lazy lively lonely loud mean messy modest moody nervous neurotic open open-minded optimistic organised outgoing patient polite
  proud punctual quiet rebellious relaxed reliable reserved responsible rude sad selfish sensitive serious shy sociable stable stubborn
  suspicious sympathetic talkative tense thoughtful tidy timid trusting unconventional unreliable untidy warm worried`
    .split(/\s+/)
    .filter(Boolean);

test('biographies tell facts of a life in 25 to 45 words, and name no trait', () => {
  const biographies = levels(read('profiles'), 'biography');
  expect(biographies).toHaveLength(50);
  expect(distinct(ADJECTIVES)).toBe(true);
  for (const { name, system = '' } of biographies) {
    const words = system.split(' ');
    expect(words.length, name).toBeGreaterThanOrEqual(25);
    expect(words.length, name).toBeLessThanOrEqual(45);
    expect(system, name).toMatch(/^You are [1-9][0-9][ ,]/);
    const plain = system.toLowerCase().match(/[a-z]+(-[a-z]+)*/g) ?? [];
    expect(
      plain.filter(word => ADJECTIVES.includes(word)),
      name,
    ).toEqual([]);
  }
  const ages = biographies.map(({ system }) => Number(system?.slice(8, 10)));
  expect(Math.max(...ages) - Math.min(...ages)).toBeGreaterThan(60);
});

test.each<[string, (study: Record<string, unknown>) => void]>([
  ['another format', study => Object.assign(study, { format: 'other' })],
  ['nothing to ask', study => void delete study.inventory],
  ['no read-out', study => Object.assign(study, { readouts: [] })],
  ['a read-out twice', study => Object.assign(study, { readouts: ['letters', 'letters'] })],
  ["a template's own labels", study => Object.assign(study, { templates: ['T2-digits'] })],
  ['an option twice in an order', study => Object.assign(study, { layouts: ['H1H1L1L2'] })],
  ['an order that has a name', study => Object.assign(study, { layouts: ['H1L1H2L2'] })],
  ['no settings', study => Object.assign(study, { settings: 0 })],
  ['an unknown field', study => Object.assign(study, { colour: 'red' })],
  ...[
    { name: 'a level that changes nothing' },
    { name: 'a step without a rank', trait: 'Openness' },
    { name: 'a text of spaces', system: ' ' },
    { name: 'a text that is too long', system: 'x'.repeat(4001) },
    { name: 'a frame without answers', frame: { choice: '{item}\n' } },
    { name: 'a frame with two items', frame: { choice: '{item}\n{item}\n{answers}\n' } },
    { name: 'a frame that does not end in white space', frame: { choice: '{item}\n{answers}Answer:' } },
    {
      name: 'a frame with two instructions',
      frame: { choice: '{instruction}{instruction}{item}{answers} ' },
    },
    { name: 'answers in an open question', frame: { choice: '{item}{answers} ', open: '{item}{answers}' } },
  ].map((level): [string, (study: Record<string, unknown>) => void] => [
    level.name,
    study => Object.assign(study, { factors: [{ name: 'factor', levels: [level] }] }),
  ]),
])('the schema refuses %s', (_, spoil) => {
  const study = {
    format: 'traitscope-study',
    format_version: 1,
    name: 'Own',
    description: 'Own.',
    inventory: { id: 'own' },
    readouts: ['letters'],
    layouts: ['forward', 'L2H1H2L1'],
    factors: [{ name: 'factor', levels: [{ name: 'fine', frame: { choice: '{item}\n{answers} ' } }] }],
  };
  expect(validate(study)).toBe(true);
  spoil(study);
  expect(validate(study)).toBe(false);
});
