// Gives 1,000 items in one go in the built page in Chromium, and tells whether memory or time per item grow:
//
//     node tools/soak.mjs [cpu|gpu] [ITEMS]
//
// Memory is what the processes of the tab and of the GPU have resident (Linux). Fails where at the end it is more than 1.2 times that after
// 50 items, where an observation is missing or twice, or where the last quarter took over 1.25 times the time of the first.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { allPlaces, dist, launch, serve, steps, watchedPage } from '../tests/e2e/support.mjs';
import { manyItems } from './many-items.mjs';

const EARLY = 50;
const [device = 'cpu', count = 1000] = process.argv.slice(2);
const items = Number(count);

/** Bytes that Chromium's processes of these kinds have resident, of all on this machine: no other browser may run. */
async function resident() {
  let bytes = 0;
  for (const pid of (await readdir('/proc')).filter(name => /^\d+$/.test(name))) {
    try {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
      if (!/--type=(renderer|gpu-process)/.test(command)) continue;
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      bytes += 1024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    } catch {
      // It has ended since.
    }
  }
  return bytes;
}

const server = await serve(dist);
const browser = await launch({ gpu: device === 'gpu' });
const began = performance.now();
const seconds = () => (performance.now() - began) / 1000;
try {
  const { page, check } = await watchedPage(browser.context, server.origin);
  await page.goto(server.url + allPlaces(`?device=${device}&readouts=continuation&gate=0&per_trait=all`));
  await steps.load(page);
  const file = {
    name: 'many.json',
    mimeType: 'application/json',
    buffer: Buffer.from(await manyItems(items)),
  };
  await steps.give(page, 'Use items of your own', file);
  await page.getByText(`many.json, ${items.toLocaleString('en')} items`).waitFor();
  await page.getByRole('button', { name: /^Run the test/ }).click();
  const marks = [];
  for (let wanted = 0; wanted <= items; wanted += EARLY) {
    await page.locator('[data-items-done]').evaluate(
      (element, wanted) =>
        new Promise(resolve => {
          const look = () =>
            Number(element.dataset.itemsDone) >= wanted ? resolve() : setTimeout(look, 200);
          look();
        }),
      Math.min(wanted, items - 1),
    );
    marks.push({ items: wanted, seconds: seconds(), memory: await resident() });
    const { memory } = marks.at(-1);
    console.log(`${wanted} items, ${seconds().toFixed(0)} s, ${(memory / 2 ** 20).toFixed(0)} MiB`);
  }
  await steps.ended(page, 'done', 600_000);
  const run = await steps.saveJson(page);
  const asked = new Set(run.observations.map(({ item }) => item));
  const quarter = Math.floor((marks.length - 1) / 4);
  const first = marks[quarter].seconds - marks[0].seconds;
  const last = marks.at(-1).seconds - marks.at(-1 - quarter).seconds;
  const growth = marks.at(-1).memory / marks[1].memory;
  console.log(
    `memory ${growth.toFixed(3)} times that after ${EARLY} items; the last quarter ${(last / first).toFixed(3)} times the first's time`,
  );
  assert.equal(run.observations.length, items, 'observations');
  assert.equal(asked.size, items, 'items observed');
  assert.ok(growth <= 1.2, `memory grew to ${growth} times`);
  assert.ok(last <= 1.25 * first, `the last quarter took ${last} s, the first ${first}`);
  check();
} finally {
  await browser.close();
  await server.close();
}
