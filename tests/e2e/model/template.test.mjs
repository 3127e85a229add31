// Chat templates of a stranger in the real wasm module, whose stack is the browser's: what just keeps within each bound
// is done, what does not is refused, and neither ends the worker. The bounds are those of
// crate/core/src/text/template_shape.rs; natively the same is tested by template_depth_tests.rs beside it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { dist, empty, launch, root, serve } from '../support.mjs';

const KEY = 'tokenizer.chat_template';
const STRING = 8;

const tiny = await readFile(join(root, 'tests/reference/tiny/tiny.gguf'));

/** The tiny model with another chat template. */
function withTemplate(template) {
  const key = Buffer.from(KEY);
  const at = tiny.indexOf(key) + key.length;
  assert.equal(tiny.readUInt32LE(at), STRING);
  const start = at + 4;
  const end = start + 8 + Number(tiny.readBigUInt64LE(start));
  // Tensors begin at a multiple of 32 bytes: a comment lets the header grow by one.
  const grown = Buffer.byteLength(template) + 4 - (end - start - 8);
  const text = Buffer.from(`${template}{#${' '.repeat(((-grown % 32) + 32) % 32)}#}`);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([tiny.subarray(0, start), length, text, tiny.subarray(end)]);
}

const CONTENT = '{{ messages[0].content }}';

const AT_EVERY_BOUND = [
  ['[', ']'],
  ['f(', ')'],
  ['x[', ']'],
  ['-(', ')'],
].map(([open, close]) => {
  const deepest = `{{ x${'+1'.repeat(220)}+${open.repeat(14)}1${close.repeat(14)} }}`;
  const branches = `{% if 1 %}${'{% elif 1 %}'.repeat(100)}${deepest}{% endif %}`;
  return `${'{% if 1 %}'.repeat(22)}${branches}${'{% endif %}'.repeat(22)}`;
});

const BEYOND = [
  `{{ ${'-'.repeat(6000)}1 }}`,
  `{{ ${'['.repeat(6000)}1${']'.repeat(6000)} }}`,
  `${'{% if 1 %}'.repeat(6000)}${'{% endif %}'.repeat(6000)}`,
  '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}',
  '{% macro f(x) %}{{ f([[[[x]]]]) }}{% endmacro %}{{ f(1) }}',
  '{% macro f(x) %}{{ x == [[[[x]]]] }}{% for y in [1] %}{{ f([[[[x]]]]) }}{% endfor %}{% endmacro %}{{ f(1) }}',
  '{% for i in [1] recursive %}{{ loop([[[[i]]]]) }}{% endfor %}',
  '{% macro f() %}{% for i in [1] recursive %}{{ f() }}{{ loop([1]) }}{% endfor %}{% endmacro %}{{ f() }}',
];

let browser;
let server;
let file = tiny;

before(async () => {
  const headers = () => ({ 'content-type': 'application/octet-stream', 'content-length': file.length });
  server = await serve(dist, {
    ...empty,
    'tiny.gguf': (_, response) => response.writeHead(200, headers()).end(file),
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** The tokens of a chat of one message, or the code of the error; and whether the same worker still answers. */
async function render(template) {
  file = withTemplate(template);
  const page = await browser.context.newPage();
  await page.goto(`${server.url}empty.html`);
  const outcome = await page.evaluate(async () => {
    const { openModel } = await import(new URL('traitscope.js', location.href).href);
    const bytes = await (await fetch('tiny.gguf')).blob();
    const failed = ({ code, message }) => ({ code, message });
    let model;
    try {
      model = await openModel(new File([bytes], 'tiny.gguf'), { device: 'cpu' });
    } catch (error) {
      return failed(error);
    }
    const messages = [{ role: 'user', content: 'x' }];
    const outcome = await model.logits({ messages, top: 1 }).catch(failed);
    const after = await model.logits({ prompt: 'x', top: 1 });
    model.close();
    return { code: outcome.code, message: outcome.message, tokens: outcome.tokens, after: after.top.length };
  });
  await page.close();
  return outcome;
}

describe('a chat template', { timeout: 120_000 }, () => {
  test('at every bound at once is followed', async () => {
    const plain = await render(CONTENT);
    assert.equal(plain.code, undefined, plain.message);
    for (const deep of AT_EVERY_BOUND) {
      const { code, message, tokens, after } = await render(deep + CONTENT);
      assert.equal(code, undefined, message);
      assert.deepEqual(tokens, plain.tokens);
      assert.equal(after, 1);
    }
  });

  test('beyond a bound is refused, and the model goes on', async () => {
    for (const deep of BEYOND) {
      const { code, message, after } = await render(deep + CONTENT);
      assert.equal(code, 'template.failed', `${deep.slice(0, 60)}: ${message}`);
      // Refused with the file, or when it is used.
      assert.ok(after === 1 || after === undefined);
    }
  });
});
