// The page with the double in browsers other than Chromium: the main job, wide and narrow, light and dark.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { watched } from '../drivers/watch.mjs';
import { PLACES, root, serve } from '../support.mjs';
import { model, now, send, setUp } from '../with-double.mjs';
import { OTHERS, picture, steps } from './others.mjs';

const SIZES = { 1280: 900, 390: 844 };

setUp();

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traitscope-items-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function resize(page, width) {
  await page.resize(width, SIZES[width]);
  const needed = await page.evaluate('() => document.documentElement.scrollWidth');
  assert.ok(needed <= width, `at ${width} px the page is ${needed} px wide`);
}

/** Opens the page, does a job in it, and keeps pictures of what came of it at both widths. */
async function visit(start, { dark, width }, job) {
  const scheme = dark ? 'dark' : 'light';
  const double = model();
  now.server = await serve(now.folder, { ...send(double), ...watched(now.folder) });
  const page = await start({ dark });
  try {
    await page.goto(now.server.url);
    await page.find('button', { text: 'Load the model and run the test' });
    assert.equal(await page.evaluate('() => matchMedia("(prefers-color-scheme: dark)").matches'), dark);
    await resize(page, width);
    await picture(page, 'start', width, scheme);
    await job(page, double);
    const other = Object.keys(SIZES)
      .map(Number)
      .filter(size => size !== width);
    for (const size of [width, ...other]) {
      await resize(page, size);
      for (const place of PLACES) {
        await page.evaluate('place => void (location.hash = place)', place);
        await page.find(`[data-place=${place}]:not([hidden]) > :not(p)`);
        await resize(page, size);
        await picture(page, place, size, scheme);
      }
    }
    assert.deepEqual(await page.complaints(), []);
    await page.evaluate(
      '() => void setTimeout(() => dispatchEvent(new ErrorEvent("error", { message: "heard" })))',
    );
    await page.find('html[data-complaints*=heard]');
  } catch (error) {
    await picture(page, 'failed', width, scheme).catch(() => undefined);
    throw error;
  } finally {
    await page.close();
  }
}

for (const [name, start] of Object.entries(OTHERS)) {
  describe(name, { timeout: 600_000 }, () => {
    test('loads and runs with one button, shows the figures that it saves', async () => {
      await visit(start, { dark: false, width: 1280 }, async (page, double) => {
        await steps.loadAndRun(page);
        await page.find('p', { text: 'On these items the model answers like' });
        assert.equal(await page.attribute('[data-gate=letters]', 'data-passes'), 'false');
        assert.equal((await page.all('svg[data-score]')).length, 8);

        const run = await steps.saveJson(page);
        assert.equal(run.model.sha256, double.sha256);
        assert.equal(run.self_test.passed, true);
        assert.equal(run.observations.length, 40);
        await page.click('summary', 'The same as a table');
        for (const { trait, readout, score } of run.summary.scores) {
          if (readout !== 'continuation') continue;
          const row = await page.text('ts-score-table >> tr', trait);
          const shown = Number.parseFloat(row.slice(trait.length).trim());
          assert.ok(Math.abs(shown - score) <= 0.05 + 1e-9, `${trait}: ${shown} for ${score}`);
        }
        await page.click('summary', 'The same as a table');

        const at = place => page.evaluate('place => void (location.hash = place)', place);
        await at('steer');
        await page.click('button', 'Write both answers');
        await page.find('[data-text=steered][data-done=length]');
        await at('monitor');
        await page.click('button', 'Read the meter and ask');
        await page.find('[data-monitor=done]');
        const { result } = JSON.parse(await page.save('button', 'Save the study'));
        assert.equal(result.rows.length, 5 * 16);
      });
    });

    test('takes items from a file, on a narrow dark screen', async () => {
      const bank = JSON.parse(await readFile(join(root, 'items/bank.json'), 'utf8'));
      const items = bank.items.slice(0, 2);
      const file = join(folder, 'two.json');
      await writeFile(file, JSON.stringify(items));
      await visit(start, { dark: true, width: 390 }, async page => {
        await page.click('button', 'Only load it');
        await page.click('a', 'Choose a test');
        await page.click('ts-test-step >> summary', 'Options');
        await page.give('Use items of your own', file);
        await page.find('*', { text: 'two.json, 2 items' });
        await page.click('button', 'Run the test');
        await steps.done(page);
        const run = await steps.saveJson(page);
        assert.deepEqual(
          run.items.ids,
          items.map(({ id }) => id),
        );
      });
    });
  });
}
