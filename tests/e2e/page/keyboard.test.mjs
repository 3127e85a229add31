// The page without a mouse: every control is reached with Tab, in order and seen, and the main jobs are done by keys alone.

import { test } from 'node:test';
import { walkByTab } from '../keyboard.mjs';
import { go, PLACES, steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

test('every control is reached with the keyboard, in the order of the page, and its focus is seen', async () => {
  const { page } = await open(send(model()), { place: '', query: '?device=cpu' });
  await page.locator('[data-example=steering]').first().waitFor();
  for (const place of PLACES) {
    await go(page, place);
    await walkByTab(page, `${place}, no model`);
  }
  await go(page, 'model');
  await steps.load(page);
  await go(page, 'test');
  await page.getByText('Options', { exact: true }).click();
  await walkByTab(page, 'test');
  await steps.run(page);
  for (const place of PLACES) {
    await go(page, place);
    await walkByTab(page, place);
  }
});
