// The tab crashes in the middle of something: what was done is there in a new one, and goes on to what it would have been.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, finished, QUERY, saved, start } from '../study-support.mjs';
import { allPlaces, steps } from '../support.mjs';
import { model, now, open, reached, send, setUp } from '../with-double.mjs';

setUp();

/** Ends the renderer of a page as a fault of the browser would, and opens the page anew beside it. */
async function crash(page, query) {
  // What is heard is written half a second later.
  await page.waitForTimeout(1200);
  await Promise.allSettled([page.waitForEvent('crash'), page.goto('chrome://crash')]);
  const next = await now.browser.context.newPage();
  await next.goto(now.server.url + allPlaces(query));
  return next;
}

const close = async () => {
  await now.browser.close();
  await now.server.close();
};

test('a test goes on after a crash of its tab', async () => {
  const query = '?device=cpu&per_trait=2&readouts=continuation&gate=8&workers=1';
  const { page: unhurt } = await open(send(model()), { query });
  await steps.load(unhurt);
  await steps.run(unhurt);
  const wanted = await steps.saveJson(unhurt);
  await close();

  const { page } = await open(send(model({ step: 250 })), { query });
  await steps.load(page);
  await page.getByRole('button', { name: 'Run the test' }).click();
  await reached(page, 4);
  const next = await crash(page, query);
  await steps.load(next);
  await next.getByRole('button', { name: 'Go on with it' }).click();
  await next.locator('[data-run=done]').waitFor();
  const run = await steps.saveJson(next);
  assert.ok(run.resumed >= 4);
  assert.deepEqual(run.observations, wanted.observations);
  assert.deepEqual(run.summary, wanted.summary);
});

test('a study goes on after a crash of its tab', async () => {
  const { page: unhurt } = await begun();
  await start(unhurt);
  await unhurt.locator('[data-summary="6"]').waitFor();
  const wanted = await saved(unhurt);
  await close();

  const { page } = await begun({ step: 40 });
  await start(page);
  await finished(page, 2);
  const next = await crash(page, QUERY);
  await steps.load(next);
  await next.getByText(/“Six ways” with Double.135M, begun on .*, was not finished/).waitFor();
  await next.getByRole('button', { name: 'Go on with it' }).click();
  await next.locator('[data-summary="6"]').waitFor();
  const whole = await saved(next);
  assert.deepEqual(whole.answers, wanted.answers);
  assert.deepEqual(whole.summary, wanted.summary);
});
