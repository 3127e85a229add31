// The button that leads from a GPU that failed to the CPU: after each failure that the CPU helps out of, and after no other. With the double.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EARLY_RISING, fillDirection, makeButton } from '../steer-support.mjs';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

/** Presses the button beside that error, and runs a test on the CPU. */
async function leave(page, code) {
  await page.locator('ts-notice:visible', { hasText: code }).first().waitFor();
  await page.locator('[data-to-cpu]:visible').first().click();
  await page.locator('[data-device=cpu]').waitFor();
  await steps.ready(page);
  assert.equal(await page.locator('[data-to-cpu]').count(), 0);
  await steps.run(page);
  assert.equal((await steps.saveJson(page)).device.kind, 'cpu');
}

const QUERY = 'workers=1&per_trait=2&failing=ask';

test('a GPU without room for the weights, where it alone was asked for', async () => {
  const { page } = await open(send(model({ gpu: true, breakOn: 'gpu' })), { query: `?device=gpu&${QUERY}` });
  await page.getByRole('button', { name: 'Only load it' }).click();
  await leave(page, 'device.memory');
});

test('no GPU, where it alone was asked for', async () => {
  const { page } = await open(send(model()), { query: `?device=gpu&${QUERY}` });
  await page.getByRole('button', { name: 'Only load it' }).click();
  await leave(page, 'device.unavailable');
});

test('a GPU that is lost in the self-test, where it alone was asked for', async () => {
  const { page } = await open(send(model({ gpu: true, selfTest: 'throw' })), {
    query: `?device=gpu&${QUERY}`,
  });
  await page.getByRole('button', { name: 'Only load it' }).click();
  await leave(page, 'device.lost');
});

test('a GPU that computes wrong', async () => {
  const { page } = await open(send(model({ gpu: true, selfTest: 'wrong' })), {
    query: `?device=gpu&${QUERY}`,
  });
  await page.getByRole('button', { name: 'Only load it' }).click();
  await page.locator('[data-self-test=failed]').waitFor();
  await page.locator('ts-model-step [data-to-cpu]').first().click();
  await page.locator('[data-device=cpu]').waitFor();
});

test('is not offered where the CPU fails itself', async () => {
  const { page } = await open(send(model({ breakOn: 'cpu' })), { query: `?device=cpu&${QUERY}` });
  await page.getByRole('button', { name: 'Only load it' }).click();
  await page.locator('ts-notice', { hasText: 'device.memory' }).first().waitFor();
  assert.equal(await page.locator('[data-to-cpu]').count(), 0);
});

test('a GPU that is lost while texts are written: what is written stays, and the CPU writes anew', async () => {
  const { page } = await open(send(model({ gpu: true, step: 20, loseDeviceAfter: 30 })), {
    query: `?device=auto&${QUERY}`,
  });
  await steps.load(page);
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('ts-steer-step ts-notice', { hasText: 'device.lost' }).first().waitFor();
  assert.ok((await page.locator('[data-text=unsteered] ts-token-text span').count()) > 0);
  await page.locator('ts-steer-step [data-to-cpu]').first().click();
  await page.locator('[data-device=cpu]').waitFor();
  await steps.ready(page);
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered][data-done=length]').waitFor();
});

test('a GPU that is lost while a direction is made: the CPU makes it', async () => {
  const { page } = await open(send(model({ gpu: true, loseDeviceAfter: 3 })), {
    query: `?device=auto&${QUERY}`,
  });
  await steps.load(page);
  await fillDirection(page);
  await makeButton(page).click();
  await page.locator('[data-made=early-rising]').waitFor();
  await page.locator('[data-device=cpu]').waitFor();
  await page.locator('ts-steer-step ts-notice[kind=warn]', { hasText: 'device.lost' }).waitFor();
  assert.equal(await page.locator('ts-steer-step ts-notice[kind=bad]').count(), 0);
});

test('texts of one’s own stay while the model is loaded again or another comes', async () => {
  const { page } = await open(send(model()), { query: `?device=cpu&${QUERY}` });
  await steps.load(page);
  await fillDirection(page);
  const texts = page.locator('ts-monitor-step ts-data-set');
  await texts.getByText('Texts of your own').click();
  await texts.getByLabel('Questions and answers').fill('Why?\tSo.');
  await page.getByRole('button', { name: 'Change model' }).click();
  await texts.waitFor({ state: 'detached' });
  await steps.load(page);
  assert.equal(await page.getByLabel('Texts that show it').inputValue(), EARLY_RISING.high.join('\n'));
  assert.equal(await texts.getByLabel('Questions and answers').inputValue(), 'Why?\tSo.');
  await texts.getByRole('button', { name: 'Read the texts' }).click();
  await texts.locator('[data-texts=done]').waitFor();
  await makeButton(page).click();
  await page.locator('[data-made=early-rising]').waitFor();
});
