// A GPU that is really lost in the middle of a run: the browser's GPU process is crashed under the real model.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { dist, empty, launch, root, serve } from '../support.mjs';

const TOLERANCE = 0.01;

/** One of each trait: several forwards, so that there is one to lose after the first has been heard of. */
async function eightItems() {
  const { items } = JSON.parse(await readFile(join(root, 'items/bank.json'), 'utf8'));
  const traits = [...new Set(items.map(item => item.personality))];
  return traits.map(trait => items.find(item => item.personality === trait));
}

test('a run whose GPU is lost goes on on the CPU with the same numbers', { timeout: 900_000 }, async () => {
  const server = await serve(dist, empty);
  const browser = await launch({ gpu: true });
  try {
    const page = await browser.context.newPage();
    await page.goto(`${server.url}empty.html`);
    const devtools = await browser.context.newCDPSession(page);
    let crashes = 0;
    await page.exposeFunction('crash', async () => {
      crashes += 1;
      await devtools.send('Browser.crashGpuProcess');
    });
    const { disturbed, undisturbed, notices, devices } = await page.evaluate(
      async items => {
        const { openModel } = await import(new URL('traitscope.js', location.href).href);
        const model = await openModel('smollm2-135m-instruct-q4_1', { device: 'gpu' });
        const plan = { items, readout: 'continuation', gate: 0 };
        const devices = [model.info.device.kind];
        const notices = [];
        let heard = 0;
        const disturbed = await model.score({
          ...plan,
          onObservation: () => {
            heard += 1;
            if (heard === 1) void window.crash();
          },
          onNotice: notice => notices.push(notice),
        });
        devices.push(model.info.device.kind);
        const undisturbed = await model.score(plan);
        return { disturbed, undisturbed, notices, devices };
      },
      await eightItems(),
    );

    assert.equal(crashes, 1);
    assert.deepEqual(devices, ['gpu', 'cpu']);
    assert.equal(notices.length, 1);
    assert.equal(notices[0].code, 'device.lost');
    assert.match(notices[0].message, /^the GPU was lost: [^\n]*\. The test goes on on the CPU\.$/);

    assert.equal(disturbed.cancelled, false);
    assert.equal(disturbed.observations.length, 8);
    for (const [i, wanted] of undisturbed.observations.entries()) {
      const found = disturbed.observations[i];
      assert.equal(found.item, wanted.item);
      const pairs = found.options.map((option, k) => [option.logprob, wanted.options[k].logprob]);
      for (const [a, b] of [...pairs, [found.p_high, wanted.p_high], [found.d, wanted.d]]) {
        assert.ok(Math.abs(a - b) <= TOLERANCE, `${wanted.item}: ${a} and ${b}`);
      }
    }
    assert.deepEqual(
      disturbed.summary.scores.map(({ trait, score }) => [trait, score]),
      undisturbed.summary.scores.map(({ trait, score }) => [trait, score]),
    );
  } finally {
    await browser.close();
    await server.close();
  }
});
