// The second visit without a network in browsers other than Chromium, with the double: the page is there from what its service worker
// kept, and the model too where the browser has a place for it. WebKitGTK has none, so there the model is opened from its file.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { serve } from '../support.mjs';
import { model, now, send, setUp } from '../with-double.mjs';
import { OTHERS, picture, steps } from './others.mjs';

setUp();

const double = model();
let folder;
let file;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traitscope-model-'));
  file = join(folder, 'double.gguf');
  await writeFile(file, double.bytes);
});
after(() => rm(folder, { recursive: true, force: true }));

describe('the second visit with the network off', { timeout: 600_000 }, () => {
  for (const [name, start] of Object.entries(OTHERS)) {
    test(`in ${name} gives a test with the settings of its address`, async () => {
      now.server = await serve(now.folder, send(double));
      const page = await start();
      try {
        await page.goto(now.server.url);
        await page.resize(1280, 900);
        await page.click('button', 'Only load it');
        await page.find('[data-self-test]');
        await page.evaluate('() => navigator.serviceWorker.ready.then(() => undefined)');
        await now.server.close();

        await page.goto(`${now.server.url}?readouts=continuation&seed=7`);
        if (await page.evaluate('() => "getDirectory" in (navigator.storage ?? {})')) {
          await page.find('*', { text: 'no download needed' });
          await steps.loadAndRun(page);
        } else {
          await page.give('Or open a model file', file);
          await page.find('[data-self-test]');
          await page.click('a', 'Choose a test');
          await page.click('button', 'Run the test');
          await steps.done(page);
        }
        const run = await steps.saveJson(page);
        assert.equal(run.request.seed, 7);
        assert.equal(run.model.sha256, double.sha256);
        assert.equal(run.observations.length, 40);
      } catch (error) {
        await picture(page, 'offline', 'failed').catch(() => undefined);
        throw error;
      } finally {
        await page.close();
      }
    });
  }
});
