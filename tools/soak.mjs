// Gives 1,000 items in one go in the built page in Chromium, and tells whether memory or time per item grow:
//
//     node tools/soak.mjs [cpu|gpu] [ITEMS] [short]
//
// `short` leaves out most of the items' texts, for a GPU in software. Memory is what the processes of the tab and of the GPU have resident, and
// time what they spent on the processor, so that other work on the machine changes neither (Linux); on a real GPU it is the clock's. Fails
// where memory is at the end more than 1.2 times that after 50 items, where an observation is missing or twice, or where the last quarter
// took over 1.25 times the time of the first.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { allPlaces, dist, launch, serve, steps, watchedPage } from '../tests/e2e/support.mjs';
import { manyItems } from './many-items.mjs';

const EARLY = 50;
const TICKS = 100; // a second, of the kernel's times of processes
const [device = 'cpu', count = 1000, form] = process.argv.slice(2);
const items = Number(count);

/** What the kernel says of a process behind its name: its state, its parent, …; null where it has ended. */
async function stat(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, fields] = /\) (.*)/.exec(text) ?? [];
  return fields ? fields.split(' ') : null;
}

/** Whether a process was started by this program, or by one that was. */
async function ours(pid) {
  for (let at = pid; at > 1; ) {
    if (at === process.pid) return true;
    at = Number((await stat(at))?.[1]);
  }
  return false;
}

/** What the tab's and the GPU's processes of this program's browser have resident, in bytes, and have spent on the processor, in seconds. */
async function spent() {
  let [memory, cpu] = [0, 0];
  for (const pid of (await readdir('/proc')).filter(name => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!/--type=(renderer|gpu-process)/.test(command) || !(await ours(Number(pid)))) continue;
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    memory += 1024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    const [user, system] = ((await stat(pid)) ?? []).slice(11, 13).map(Number);
    cpu += ((user ?? 0) + (system ?? 0)) / TICKS;
  }
  return { memory, cpu };
}

const server = await serve(dist);
const browser = await launch({ gpu: device === 'gpu' });
const began = performance.now();
try {
  const { page, check } = await watchedPage(browser.context, server.origin);
  await page.goto(server.url + allPlaces(`?device=${device}&readouts=continuation&gate=0&per_trait=all`));
  await steps.load(page);
  const file = {
    name: 'many.json',
    mimeType: 'application/json',
    buffer: Buffer.from(await manyItems(items, form === 'short')),
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
    const mark = { items: wanted, clock: (performance.now() - began) / 1000, ...(await spent()) };
    marks.push(mark);
    const { clock, cpu, memory } = mark;
    console.log(
      `${wanted} items: ${clock.toFixed(0)} s, ${cpu.toFixed(0)} s of CPU, ${(memory / 2 ** 20).toFixed(0)} MiB`,
    );
  }
  await steps.ended(page, 'done', 600_000);
  const run = await steps.saveJson(page);
  const asked = new Set(run.observations.map(({ item }) => item));
  const quarter = Math.max(1, Math.floor((marks.length - 1) / 4));
  const inSoftware = run.device.kind === 'cpu' || /swiftshader|llvmpipe/i.test(run.device.adapter);
  const time = inSoftware ? 'cpu' : 'clock';
  const first = marks[quarter][time] - marks[0][time];
  const last = marks.at(-1)[time] - marks.at(-1 - quarter)[time];
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
