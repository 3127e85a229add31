// Which device the real core takes where the browser's adapter is not what it needs. The adapter is a real one that
// a few lines before the worker's own script make smaller.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { beforeWorker, dist, empty, launch, serve } from '../support.mjs';

const MODEL = 'smollm2-135m-instruct-q4_1';

const WITHOUT_TIMESTAMPS = `
  const { get } = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, 'features');
  Object.defineProperty(GPUAdapter.prototype, 'features', {
    get() { return new Set([...get.call(this)].filter(name => name !== 'timestamp-query')); },
  });`;

// Not the software adapter that it is, which would be left for that alone, and too small for the logits, which are never in parts.
const SMALL = `
  Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { get: () => false });
  for (const limit of ['maxBufferSize', 'maxStorageBufferBindingSize']) {
    Object.defineProperty(GPUSupportedLimits.prototype, limit, { get: () => 2 ** 21 });
  }`;

const NO_WEBGPU = `
  Object.defineProperty(WorkerNavigator.prototype, 'gpu', { get: () => undefined });`;

// Taken for a real GPU, and gone as soon as so many of its larger weights have a place on it.
const lostAfter = weights => `
  Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { get: () => false });
  const { createBuffer } = GPUDevice.prototype;
  let placed = 0;
  GPUDevice.prototype.createBuffer = function (description) {
    const buffer = createBuffer.call(this, description);
    if (description.size > 2 ** 20 && ++placed === ${weights}) this.destroy();
    return buffer;
  };`;

let browser;
let server;
let injected = '';

before(async () => {
  server = await serve(dist, { ...empty, ...(await beforeWorker(dist, () => injected)) });
  browser = await launch({ gpu: true });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens the default model with the library: what it runs on, or the error. */
async function openOn(device, script) {
  injected = script;
  const page = await browser.context.newPage();
  await page.goto(`${server.url}empty.html`);
  const outcome = await page.evaluate(
    async ([id, device]) => {
      const { openModel } = await import(new URL('traitscope.js', location.href).href);
      try {
        const model = await openModel(id, { device });
        const test = await model.selfTest();
        return { device: model.info.device, test };
      } catch ({ code, message }) {
        return { code, message };
      }
    },
    [MODEL, device],
  );
  await page.close();
  return outcome;
}

describe('a GPU that does not do', { timeout: 600_000 }, () => {
  test('for want of a feature gives way to the CPU, saying which', async () => {
    const { device, test } = await openOn('auto', WITHOUT_TIMESTAMPS);
    assert.equal(device.kind, 'cpu');
    assert.equal(device.notice.code, 'device.unavailable');
    assert.match(device.notice.message, /timestamp-query.*runs on the CPU instead$/);
    assert.equal(test.passed, true);
  });

  test('is an error where the GPU alone was asked for', async () => {
    const { code, message } = await openOn('gpu', WITHOUT_TIMESTAMPS);
    assert.equal(code, 'device.unavailable');
    assert.match(message, /timestamp-query/);
  });

  test('for not being there at all gives way to the CPU, unless it alone was asked for', async () => {
    const { device, test } = await openOn('auto', NO_WEBGPU);
    assert.equal(device.kind, 'cpu');
    assert.equal(device.notice.code, 'device.unavailable');
    assert.match(device.notice.message, /runs on the CPU instead$/);
    assert.equal(test.passed, true);
    const { code } = await openOn('gpu', NO_WEBGPU);
    assert.equal(code, 'device.unavailable');
  });

  test('for want of room gives way to the CPU, with the numbers', async () => {
    const { device, test } = await openOn('auto', SMALL);
    assert.equal(device.kind, 'cpu');
    assert.equal(device.notice.code, 'device.memory');
    assert.match(device.notice.message, /\d+.*runs on the CPU instead$/);
    assert.equal(test.passed, true);
    const { code } = await openOn('gpu', SMALL);
    assert.equal(code, 'device.memory');
  });

  for (const [when, weights] of [
    ['the first', 1],
    ['half of the', 15],
  ]) {
    test(`for being lost while ${when} weights go to it gives way to the CPU`, async () => {
      const { device, test } = await openOn('auto', lostAfter(weights));
      assert.equal(device.kind, 'cpu');
      assert.equal(device.notice.code, 'device.lost');
      assert.match(device.notice.message, /runs on the CPU instead$/);
      assert.equal(test.passed, true);
    });
  }

  test('for being lost while the weights go to it is an error where it alone was asked for, and the next one is taken', async () => {
    const { code } = await openOn('gpu', lostAfter(1));
    assert.equal(code, 'device.lost');
    const { device, test } = await openOn('gpu', '');
    assert.deepEqual([device.kind, test.passed], ['gpu', true]);
  });

  test('for being computed on the CPU is not taken unless asked for', async () => {
    const { device } = await openOn('auto', '');
    assert.equal(device.kind, 'cpu');
    assert.match(device.notice.message, /quicker without that detour/);
  });
});
