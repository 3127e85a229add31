// The library as another page uses it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { empty, root } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

describe('the library', () => {
  test('the example of docs/api.md works as it stands', async () => {
    const text = await readFile(join(root, 'docs/api.md'), 'utf8');
    const example = /```html\n([\s\S]*?)```/.exec(text)[1];
    const double = model();
    const [entry] = double.catalogue.models;
    const id = /openModel\('([^']*)'/.exec(example)[1];
    const catalogued = { default: id, models: [{ ...entry, id }] };
    const routes = send(double, { catalogued });
    routes['example.html'] = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(example);
    const { page } = await open(routes, { place: 'example.html' });
    await page.getByText('10.00 t0').waitFor();
  });

  test('opens by address, generates, cancels, closes, and gives errors with codes', async () => {
    const routes = { ...send(model({ step: 5 })), ...empty };
    const { page } = await open(routes, { place: 'empty.html' });
    const result = await page.evaluate(async () => {
      const { openModel, storedModels, TraitscopeError } = await import(
        new URL('traitscope.js', location.href).href
      );
      const code = work =>
        work.then(
          () => 'none',
          error => error instanceof TraitscopeError && error.code,
        );
      const model = await openModel('./models/double.gguf');
      const abort = new AbortController();
      const messages = [{ role: 'user', content: 'Hello' }];
      const onToken = ({ id }) => id === 3 && abort.abort();
      const stopped = await model.generate({ messages, maxTokens: 500, signal: abort.signal, onToken });
      const whole = await model.generate({ messages, maxTokens: 2 });
      const plan = { gate: 8, workers: 1, skipFailing: true };
      const never = await model.score({ ...plan, signal: AbortSignal.abort() });
      const between = new AbortController();
      const onProgress = ({ phase }) => phase === 'items' && between.abort();
      const half = await model.score({ ...plan, signal: between.signal, onProgress });
      const number = async () => (await model.logits({ prompt: 'x', top: 1 })).top.length;
      const moving = model.moveTo('cpu');
      const meanwhile = await number();
      await moving;
      const after = await number();
      await model.close();
      return {
        moved: [meanwhile, after],
        percent: await code(openModel('./models/100%.gguf')),
        nowhere: await code(openModel('http://')),
        never: [never.cancelled, never.gate_answers.length, never.observations.length],
        half: [half.cancelled, half.gate_answers.length, half.observations.length, half.summary.gate.length],
        stop: [stopped.stop, stopped.tokens.length < 500, whole.stop],
        closed: await code(model.logits({ prompt: 'x' })),
        unknown: await code(openModel('no-such-model')),
        aborted: await code(openModel('double', { signal: AbortSignal.abort() })),
        stored: (await storedModels()).length,
      };
    });
    assert.deepEqual(result, {
      moved: [1, 1],
      percent: 'network.status',
      nowhere: 'request.invalid',
      never: [true, 0, 0],
      half: [true, 16, 0, 2],
      stop: ['cancelled', true, 'length'],
      closed: 'model.closed',
      unknown: 'catalogue.unknown',
      aborted: 'run.cancelled',
      stored: 1,
    });
  });
});
