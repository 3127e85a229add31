// Memory that is used up with the real module and the real model: the module is served with a limit to its memory, as a device with too
// little of it sets one. Needs the built page (TRAITSCOPE_DIST or dist/) with the model in it.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { allPlaces, dist, launch, serve, steps, watchedPage } from '../support.mjs';

const PAGE = 65_536;
const MEMORY_SECTION = 5;
/** The 204 MB that the page tells for SmolLM2 135M, and the module's own. */
const ENOUGH = 240e6;

/** An unsigned number as WebAssembly writes it, at `at`: its value and where it ends. */
function leb(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function written(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

/** A module whose one memory has at most so many bytes. */
function limited(module, most) {
  for (let at = 8; at < module.length; ) {
    const [size, from] = leb(module, at + 1);
    if (module[at] === MEMORY_SECTION) {
      const [count, flags] = leb(module, from);
      assert.deepEqual(
        [count, module[flags] & ~1],
        [1, 0],
        'the module has one memory, that no other shares',
      );
      const [least] = leb(module, flags + 1);
      const body = [1, 1, ...written(least), ...written(Math.floor(most / PAGE))];
      return Buffer.concat([
        module.subarray(0, at),
        Buffer.from([MEMORY_SECTION, ...written(body.length), ...body]),
        module.subarray(from + size),
      ]);
    }
    at = from + size;
  }
  return assert.fail('the module has no memory of its own');
}

/** The page of the real model, whose module may have so much memory. */
async function visit(most, work) {
  const modules = (await readdir(join(dist, 'assets'))).filter(name => name.endsWith('.wasm'));
  assert.ok(modules.length > 0, `there is no module in ${dist}; run ./build.sh build`);
  const routes = modules.map(name => [
    `assets/${name}`,
    async (_, response) => {
      const module = await readFile(join(dist, 'assets', name));
      response.writeHead(200, { 'content-type': 'application/wasm' }).end(limited(module, most));
    },
  ]);
  const server = await serve(dist, Object.fromEntries(routes));
  const browser = await launch();
  try {
    const watched = await watchedPage(browser.context, server.origin);
    const query =
      '?device=cpu&workers=1&traits=Openness&per_trait=1&readouts=continuation&gate=4&failing=ask';
    await watched.page.goto(server.url + allPlaces(query));
    await work(watched);
  } finally {
    await browser.close();
    await server.close();
  }
}

test('too little of it is found out before anything is loaded, with the numbers, and the page stays as it is', {
  timeout: 300_000,
}, async () => {
  await visit(64e6, async ({ page, check }) => {
    await page.getByRole('button', { name: 'Only load it' }).click();
    const notice = page.locator('ts-model-step ts-notice', { hasText: 'device.memory' });
    await notice.getByText(/it needs 2\d{8} bytes .* Choose a smaller model/).waitFor({ timeout: 120_000 });
    assert.equal(await page.locator('[data-self-test]').count(), 0);
    await page.getByRole('button', { name: 'Only load it' }).waitFor();
    check();
  });
});

test('what the page says that the model takes is enough for a test and a text', {
  timeout: 300_000,
}, async () => {
  await visit(ENOUGH, async ({ page, check }) => {
    await steps.load(page, 60_000);
    await steps.run(page, 60_000);
    assert.equal((await steps.saveJson(page)).observations.length, 1);
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await page.locator('[data-text=steered]:not([data-done=""])').waitFor({ timeout: 200_000 });
    check();
  });
});
