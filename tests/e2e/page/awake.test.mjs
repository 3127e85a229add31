// While a model works the screen is kept on, and a tab that the browser has stopped says so.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steps, stopped } from '../support.mjs';
import { model, now, open, reached, send, setUp } from '../with-double.mjs';

setUp();

test('the screen is kept on from the beginning of a test to its end', async () => {
  const { page } = await open(send(model({ step: 20 })), { query: '?device=cpu' });
  await page.evaluate(() => {
    window.asked = [];
    navigator.wakeLock.request = async kind => {
      window.asked.push(kind);
      const lock = new EventTarget();
      lock.release = async () => window.asked.push('released');
      return lock;
    };
  });
  await steps.load(page);
  await page.evaluate(() => window.asked.splice(0));
  await page.getByRole('button', { name: /^Run the test/ }).click();
  await reached(page, 3);
  assert.deepEqual(await page.evaluate(() => window.asked), ['screen']);
  await page.locator('[data-run=done]').waitFor();
  await page.waitForFunction(() => window.asked.includes('released'));
});

test('a tab that was stopped in the middle of a test says for how long, and the test goes on', async () => {
  const { page } = await open(send(model({ step: 20 })), { query: '?device=cpu&per_trait=2' });
  await steps.load(page);
  await page.clock.install();
  await page.getByRole('button', { name: /^Run the test/ }).click();
  await reached(page, 1);
  await page.clock.fastForward(180_000);
  await page.locator('ts-notice', { hasText: 'had stopped this tab for 3 minutes' }).waitFor();
  await page.getByText('page.suspended').waitFor();
  await page.locator('[data-run=done]').waitFor();
  const run = await steps.saveJson(page);
  assert.equal(run.cancelled, false);
  assert.equal(run.observations.length, 16);
});

test('a tab whose process is really stopped says so once it goes on, and loses no answer', async () => {
  const { page } = await open(send(model({ step: 30 })), {
    query: '?device=cpu&workers=1&per_trait=all&readouts=continuation&gate=8',
  });
  await steps.load(page);
  await page.getByRole('button', { name: /^Run the test/ }).click();
  await reached(page, 2);
  // Longer than what the page takes for a stop.
  await stopped(now.browser, 68_000);
  await page.getByText('page.suspended').waitFor();
  await page.locator('[data-run=done]').waitFor({ timeout: 120_000 });
  const run = await steps.saveJson(page);
  assert.equal(run.cancelled, false);
  const keys = run.observations.map(({ item, layout }) => `${item} ${layout}`);
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(keys.length, 80);
});
