// The browsers beside Chromium, and what their tests share.

import assert from 'node:assert/strict';
import { firefox } from '../drivers/firefox.mjs';
import { webkit } from '../drivers/webkit.mjs';
import { pictureFile } from '../pictures.mjs';

export const OTHERS = { Firefox: firefox, WebKitGTK: webkit };

/** Keeps a picture of the page. */
export function picture(page, ...words) {
  return page.screenshot(pictureFile(page.name, ...words));
}

/** The page's steps as a user takes them. */
export const steps = {
  async loadAndRun(page, timeout) {
    await page.click('button', 'Load the model and run the test');
    await steps.done(page, timeout);
  },
  async done(page, timeout = 60_000) {
    await page.find('[data-run=done], [data-run=failed]', { timeout });
    assert.equal(await page.attribute('[data-run]', 'data-run'), 'done');
  },
  async saveJson(page) {
    return JSON.parse(await page.save('button', 'Save the results'));
  },
};
