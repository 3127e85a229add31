// Files of several kinds that are dropped together, and those of which only one can be used at a time. With the double.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const items = query =>
  JSON.stringify([
    {
      personality: 'Courage',
      situation: 'S.',
      query,
      response_high1: 'a',
      response_high2: 'b',
      response_low1: 'c',
      response_low2: 'd',
    },
  ]);
const notice = (page, step, text) => page.locator(`${step} ts-notice`, { hasText: text });

test('each goes where it belongs; of models and of items the first is used, and the others are named', async () => {
  const { page, check } = await open(send(model()), { query: '?device=cpu' });
  await page.getByText('Or open a model file of your own').waitFor();
  await steps.dropAll(page, {
    'holiday.jpg': 'JFIF',
    'one.gguf': 'GGUF{"step":1}',
    'broken.json': '{',
    'one.json': items('Q?'),
    'two.json': items('R?'),
    'two.gguf': 'GGUF{"step":2}',
    'three.gguf': 'GGUF{"step":3}',
    'run.json': '{"format": "traitscope-run", ',
  });
  await steps.ready(page);
  await notice(page, 'ts-model-step', '“two.gguf” and “three.gguf” were not opened, since one model is')
    .getByText('file.several')
    .waitFor();
  await page.getByText('one.json, 1 item').waitFor();
  await notice(page, 'ts-test-step', '“two.json” was not opened').getByText('file.several').waitFor();
  await notice(page, 'ts-test-step', '“broken.json”').waitFor();
  await notice(page, 'ts-test-step', '“holiday.jpg” is of a kind that').getByText('items.kind').waitFor();
  await notice(page, 'ts-reports', '“run.json”').getByText('report.invalid').waitFor();

  // A good file by itself is used, and nothing more is said of the others.
  await steps.drop(page, 'two.json', items('R?'));
  await page.getByText('two.json, 1 item').waitFor();
  assert.equal(await page.locator('ts-test-step ts-notice').count(), 0);
  check();
});

test('directions are all read, and a file that holds none is named', async () => {
  const { page, check } = await open(send(model()), { query: '?device=cpu' });
  await steps.load(page);
  await page.getByText('Directions of your own').click();
  const [vectors] = JSON.parse(await steps.save(page, 'Save all directions (.safetensors)'));
  const file = (trait, text) => ({ name: `${trait}.safetensors`, mimeType: '', buffer: Buffer.from(text) });
  const own = trait => file(trait, JSON.stringify([{ ...vectors, trait }]));
  await steps.give(page, 'Or open a file of directions', [
    own('courage'),
    file('broken', '{'),
    own('patience'),
  ]);
  await notice(page, 'ts-steer-step', '“broken.safetensors”').getByText('direction.file').waitFor();
  for (const trait of ['Courage', 'Patience']) {
    await page.getByRole('slider', { name: `${trait}: dose` }).waitFor();
  }
  check();
});
