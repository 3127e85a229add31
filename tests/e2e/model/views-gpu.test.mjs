// Chromium with WebGPU: the real model answers on the GPU (SwiftShader where there is none), and every place is looked at in both widths
// and both colour schemes, as `tests/e2e/page` does without WebGPU. Needs the built page (TRAITSCOPE_DIST or dist/) with the model in it.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { faults, fullPicture } from '../axe.mjs';
import { dist, go, launch, PLACES, serve, steps, watchedPage } from '../support.mjs';

const QUERY = '?device=gpu&per_trait=1&traits=Openness&readouts=continuation&gate=4&failing=ask';

test('with WebGPU all places are shown, wide and narrow, light and dark', { timeout: 900_000 }, async () => {
  assert.ok(existsSync(join(dist, 'index.html')), `there is no page in ${dist}; run ./build.sh build`);
  const server = await serve(dist);
  const browser = await launch({ gpu: true });
  try {
    const { page, check } = await watchedPage(browser.context, server.origin);
    await page.goto(server.url + QUERY);
    await steps.loadAndRun(page);
    assert.equal(await page.locator('[data-device]').first().getAttribute('data-device'), 'gpu');
    assert.equal(await page.locator('[data-self-test]').first().getAttribute('data-self-test'), 'passed');
    await go(page, 'steer');
    await page.getByRole('button', { name: 'Write both answers' }).click();
    // A GPU that is computed on two cores writes slowly; some tokens do.
    await page.locator('[data-text=steered] ts-token-text span').nth(4).waitFor({ timeout: 300_000 });
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.locator('[data-text=steered][data-done=cancelled]:visible').waitFor({ timeout: 300_000 });

    const found = [];
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        for (const place of PLACES) {
          await go(page, place);
          const what = `${place}, ${width} px, ${colorScheme}`;
          for (const line of await faults(page)) found.push(`${what}: ${line}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          if (wide > width) found.push(`${what}: ${wide} px wide`);
          await fullPicture(page, 'webgpu', place, width, colorScheme);
        }
      }
    }
    assert.deepEqual(found, []);
    check();
  } finally {
    await browser.close();
    await server.close();
  }
});
