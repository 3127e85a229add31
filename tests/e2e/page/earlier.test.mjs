// Results that are kept in the browser when the page is closed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ended, give, STUDY, start } from '../study-support.mjs';
import { allPlaces, steps } from '../support.mjs';
import { model, now, open, reached, send, setUp } from '../with-double.mjs';

setUp();

const QUERY = '?device=cpu&per_trait=1';

async function anew(page) {
  await page.goto('about:blank');
  await page.goto(now.server.url + allPlaces(QUERY));
}

test('a finished test and a study of a push are there at the next visit, the test to be opened, both to be saved', async () => {
  const { page } = await open(send(model()), { query: QUERY });
  await steps.load(page);
  await steps.run(page);
  const before = await steps.saveJson(page);
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await page.locator('[data-study=done]').waitFor();
  await page.locator('[data-earlier="2"]').waitFor();

  await anew(page);
  const kept = page.locator('[data-earlier="2"]');
  await kept.locator('summary').click();
  await kept.getByRole('button', { name: /^Open: double-items, Double 135M/ }).click();
  const report = page.locator('[data-report="1"]');
  await report.getByText('Double 135M').first().waitFor();
  await report.getByText('Read the report').click();
  await report.getByRole('heading', { name: 'Test of Double 135M' }).waitFor();
  const record = JSON.parse(await steps.save(page, /^Save the file: Effect of a push: agreeableness/));
  assert.equal(record.trait, 'agreeableness');
  assert.ok(before.observations.length > 0);
});

test('what was stopped is kept once, and is the whole once it was gone on with', async () => {
  const { page } = await open(send(model({ step: 20 })), { query: '?device=cpu&gate=0' });
  await steps.load(page);
  await page.getByRole('button', { name: /^Run the test/ }).click();
  await reached(page, 3);
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await page.locator('[data-earlier="1"]', { hasText: 'stopped early' }).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Go on' }).first().click();
  await page.locator('[data-run=done]').waitFor();
  await page.locator('[data-earlier="1"]').waitFor();
  await page.locator('[data-earlier="1"]', { hasText: 'stopped early' }).waitFor({ state: 'detached' });
});

test('ten tests are kept beside what studies came to, and all of them can be deleted', async () => {
  const { page } = await open(send(model()), { query: QUERY });
  await steps.load(page);
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await page.locator('[data-study=done]').waitFor();
  await give(page, STUDY);
  await start(page);
  await ended(page);
  await page.locator('[data-earlier="2"]').waitFor();
  for (let i = 1; i <= 11; i++) {
    await steps.run(page);
    await page.locator(`[data-earlier="${Math.min(i, 10) + 2}"]`).waitFor();
  }
  await page.locator('[data-earlier] summary').click();
  // What took long is not pushed out by what is quick.
  await page.getByRole('button', { name: /^Save the file: Effect of a push: agreeableness/ }).waitFor();
  await page.getByRole('button', { name: /^Open: Six ways/ }).waitFor();
  await page
    .getByRole('button', { name: /^Delete: / })
    .first()
    .click();
  await page.locator('[data-earlier="11"]').waitFor();
  await page.getByRole('button', { name: 'Delete all of them' }).click();
  await page.getByText('Delete 11 results for good?').waitFor();
  await page.getByRole('button', { name: 'Yes, delete' }).click();
  await page.locator('[data-earlier]').waitFor({ state: 'detached' });
  // What could be had back is gone too, and the focus is on what comes next.
  assert.equal(await page.getByRole('button', { name: /^Undo/ }).count(), 0);
  await page.locator('ts-reports input[type=file]:focus').waitFor();
  await anew(page);
  await page.getByText('Open saved results').waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.locator('[data-earlier]').count(), 0);
});
