// The same items on native CPU, the terminal program's GPU (lavapipe where there is no other), WebAssembly, and Chromium's WebGPU
// (SwiftShader where there is no other):
//
//     node tools/cross-check.mjs [ITEMS]
//
// Fails where a probability of an option is more than 0.01 from the native CPU's, or where another option comes first although the native
// CPU's two best are more than 0.02 apart. 100 items without a number.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terminal } from '../tests/e2e/model-support.mjs';
import { shares, TOLERANCE } from '../tests/e2e/same-items.mjs';
import { allPlaces, dist, launch, serve, steps } from '../tests/e2e/support.mjs';
import { manyItems } from './many-items.mjs';

const MARGIN = 0.02;
const HOUR = 3_600_000;
const count = Number(process.argv[2] ?? 100);
const folder = await mkdtemp(join(tmpdir(), 'traitscope-cross-check-'));
const file = join(folder, 'items.json');
// Items of all traits, not the first so many of the first.
const all = JSON.parse(await manyItems(200));
const step = Math.max(1, Math.floor(all.items.length / count));
const items = all.items.filter((_, n) => n % step === 0).slice(0, count);
await writeFile(file, JSON.stringify({ ...all, items }));

async function native(device) {
  const result = await terminal('score', '--items', file, '--readout', 'continuation', '--device', device);
  return { device: result.model.device, observations: result.observations };
}

async function inPage(device) {
  const server = await serve(dist);
  const browser = await launch({ gpu: device === 'gpu' });
  try {
    const page = await browser.context.newPage();
    await page.goto(server.url + allPlaces(`?device=${device}&readouts=continuation&gate=0&per_trait=all`));
    await steps.load(page);
    await steps.give(page, 'Use items of your own', file);
    await page.getByText(`items.json, ${items.length} items`).waitFor();
    await steps.run(page, 2 * HOUR);
    return await steps.saveJson(page);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Probabilities of the options of each item, by item and option. */
function probabilities({ observations }) {
  assert.equal(observations.length, items.length);
  return new Map(
    observations.map(({ item, options }) => {
      const each = shares(options.map(({ logprob }) => logprob));
      return [item, new Map(options.map(({ key }, i) => [key, each[i]]))];
    }),
  );
}

const best = of => [...of].sort(([, a], [, b]) => b - a);
try {
  const reference = await native('cpu');
  const wanted = probabilities(reference);
  console.log(`native CPU: ${reference.device.adapter}, ${reference.device.backend}; ${items.length} items`);
  const clear = [...wanted.values()].filter(of => best(of)[0][1] - best(of)[1][1] > MARGIN).length;
  for (const [name, ask] of [
    ['native GPU', () => native('gpu')],
    ['page, CPU', () => inPage('cpu')],
    ['page, WebGPU', () => inPage('gpu')],
  ]) {
    const found = await ask();
    let [worst, others] = [0, 0];
    for (const [item, of] of probabilities(found)) {
      const expected = wanted.get(item);
      for (const [key, share] of of) worst = Math.max(worst, Math.abs(share - expected.get(key)));
      const [[first, top], [, second]] = best(expected);
      if (top - second > MARGIN && best(of)[0][0] !== first) others += 1;
    }
    const { adapter, backend } = found.device;
    console.log(
      `${name} (${adapter}, ${backend}): largest difference ${worst.toExponential(1)}, ${others} other choices of ${clear}`,
    );
    assert.ok(worst <= TOLERANCE, `${name}: a probability is off by ${worst}`);
    assert.equal(others, 0, `${name}: other choices`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
