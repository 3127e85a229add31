import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { speak } from '../src/i18n';
import { en } from '../src/i18n/en';
import { TraitscopeError } from '../src/lib/traitscope';
import { gpuFacts } from '../src/page/device-facts';
import { titleOf } from '../src/page/kept-title';
import { PageError, retold, told } from '../src/page/page-error';
import { readSettings } from '../src/page/settings';
import { leftOut, oneByOne } from '../src/page/several-files';

const root = new URL('../../', import.meta.url).pathname;
const sources = import.meta.glob<string>('../src/{lib,page,worker}/**/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');

const distinct = (found: RegExpExecArray[]) => [...new Set(found.map(([, code = '']) => code))].sort();

/** Every code that the core, the library, the worker and the page use. */
const USED = distinct([
  ...read('crate/core/src/error.rs').matchAll(/=> "([a-z]+\.[a-z]+)"/g),
  ...Object.values(sources).flatMap(text => [...text.matchAll(/(?:Error\(\s*|code: )'([a-z]+\.[a-z]+)'/g)]),
]);

/** Every code that the documentation has a row for. */
function documented(): string[] {
  const [, section = ''] = /## Errors\n(.*?)\n## /s.exec(read('docs/architecture.md')) ?? [];
  const rows = section.match(/^\| `.*?\|/gm) ?? [];
  return distinct(rows.flatMap(row => [...row.matchAll(/`([a-z]+\.[a-z]+)`/g)]));
}

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: 'en' } }));
afterEach(async () => {
  await speak('en');
  vi.unstubAllGlobals();
});

test('every code has a whole German sentence, and there are no sentences without a code', async () => {
  const { errors } = (await import('../src/i18n/de')).words;
  expect(Object.keys(errors).sort()).toEqual(documented());
  for (const text of Object.values(errors)) expect(text).toMatch(/^\p{Lu}.*[^.]\.$/u);
});

test('every code that is used is documented', () => {
  expect(USED.length).toBeGreaterThan(45);
  expect(documented()).toEqual(expect.arrayContaining(USED));
});

test('in English an error says what the library says', () => {
  expect(en.errors).toEqual({});
  const error = new TraitscopeError('gguf.magic', 'not a GGUF model file: it begins with "PK"');
  expect(told(error)).toEqual({ text: error.message, original: null });
  expect(retold(error, message => `${message}. And more.`).message).toBe(`${error.message}. And more.`);
});

test('an error of the core that does not say what to do is told with it, a notice only as it is', () => {
  const message = 'the model does not fit this device: it needs 5 bytes';
  const text = `${message}. Choose a smaller model, or the CPU if this is the GPU`;
  expect(told(new TraitscopeError('device.memory', message))).toEqual({ text, original: null });
  expect(told(new TraitscopeError('device.lost', 'the GPU was lost: gone.')).text).toBe(
    'the GPU was lost: gone. Load the model again, or use the CPU',
  );
  // A notice says what was done about it.
  const notice = { code: 'device.memory', message: `${message}. The model runs on the CPU instead` };
  expect(told(notice)).toEqual({ text: notice.message, original: null });
});

describe('in German', () => {
  beforeEach(() => speak('de'));

  test('an error of the library is told by its code, with its own words beside', () => {
    const error = new TraitscopeError('gguf.magic', 'not a GGUF model file: it begins with "PK"');
    expect(told(error)).toEqual({
      text: 'Das ist keine Modelldatei im Format GGUF. Wähle eine .gguf-Datei.',
      original: error.message,
    });
    const other = new TraitscopeError('constructor', 'nobody knows it');
    expect(told(other)).toEqual({ text: 'nobody knows it', original: null });
  });

  test('an error of the page is in its language already', () => {
    const error = new PageError('items.invalid', 'es gibt keine Aufgabe');
    expect(told(error)).toEqual({ text: 'es gibt keine Aufgabe', original: null });
  });

  test('more can be said of an error, and its own words stay beside', async () => {
    const [error] = await oneByOne([new File([], 'a.json')], true, () =>
      Promise.reject(new TraitscopeError('items.invalid', 'row 3: no text')),
    );
    expect(error && told(error)).toEqual({
      text: '„a.json“: Die Aufgaben sind nicht verwendbar. Berichtige die genannte Stelle oder nimm andere Aufgaben.',
      original: 'row 3: no text',
    });
  });

  test('files, settings, kept results and the device are spoken of', async () => {
    expect(leftOut([new File([], 'a.gguf'), new File([], 'b.gguf')], 'es eng ist')?.message).toBe(
      '„a.gguf“ und „b.gguf“ wurden nicht geöffnet, da es eng ist. Um eine andere Datei zu verwenden, öffne sie für sich.',
    );
    expect(readSettings('?gate=99').refused).toEqual([
      '„99“ ist für „gate“ nicht erlaubt. Erlaubt ist: eine ganze Zahl von 0 bis 24.',
    ]);
    expect(titleOf({ what: 'TRAIT', kind: 'stopped' })).toBe('TRAIT, vorzeitig beendet');
    vi.stubGlobal('navigator', {});
    const gpu = await gpuFacts();
    expect(gpu).toMatchObject({ usable: false, why: 'Dieser Browser hat hier kein WebGPU' });
    // What was measured once is told in whatever language the page speaks later.
    await speak('en');
    expect(gpu).toMatchObject({ why: 'this browser has no WebGPU here' });
  });
});
