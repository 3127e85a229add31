// What the card of a model says of this device's GPU, by what WebGPU tells of it: one that does, one too small, one that is computed on
// the CPU, one that lacks a feature, and none. The adapter is the test's own; that the module itself refuses such adapters is tested
// with the real ones in tests/e2e/model/device.test.mjs.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { launch, serve, watchedPage } from '../support.mjs';
import { model, now, SHAPE, send, setUp } from '../with-double.mjs';

setUp();

/** The card in a browser whose WebGPU finds that adapter; `undefined` is a browser without WebGPU. */
async function cardWith(adapter, device) {
  const double = model();
  const [entry] = double.catalogue.models;
  const catalogued = { ...double.catalogue, models: [{ ...entry, bytes: 98_123_456, shape: SHAPE }] };
  now.server = await serve(now.folder, send(double, { catalogued }));
  now.browser = await launch();
  await now.browser.context.addInitScript(told => {
    const found = told && {
      features: new Set(told.features),
      limits: { maxBufferSize: told.buffer, maxStorageBufferBindingSize: told.binding },
      info: { isFallbackAdapter: told.software },
    };
    const gpu = told === undefined ? undefined : { requestAdapter: async () => found };
    Object.defineProperty(Navigator.prototype, 'gpu', { configurable: true, get: () => gpu });
  }, adapter);
  const { page, check } = await watchedPage(now.browser.context, now.server.origin);
  await page.goto(`${now.server.url}?device=${device}`);
  const card = page.locator('[data-model=double]');
  return {
    card,
    /** Whether the model fits, with the reason where it does not, and whether the card is dimmed. */
    async fits(fit, reason = '') {
      await page.locator(`[data-model=double][data-fit=${fit}]`).waitFor();
      if (reason) await card.locator('.verdict').getByText(reason).waitFor();
      assert.equal(await card.evaluate(({ classList }) => classList.contains('dimmed')), fit === 'no');
      check();
    },
    /** What was measured, which is folded. */
    async measured(text) {
      await page.locator('summary', { hasText: 'What was measured' }).first().click();
      await page.getByRole('listitem').getByText(text).waitFor();
    },
  };
}

const LARGE = {
  features: ['timestamp-query'],
  buffer: 2 ** 31,
  binding: 2 ** 30,
  software: false,
};

describe('the card of a model', () => {
  test('shows its size, and that a large GPU takes it, with the smaller of both limits', async () => {
    const { card, fits, measured } = await cardWith(LARGE, 'gpu');
    await card.getByText('98 MB', { exact: true }).waitFor();
    await fits('yes');
    await measured('GPU: allows 1.07 GB in one piece, the largest takes 3.1 MB');
  });

  test('is dimmed where what cannot be in parts does not go into one piece, for the GPU alone', async () => {
    const small = { ...LARGE, binding: 2e6 };
    const gpu = await cardWith(small, 'gpu');
    await gpu.fits('no', 'its largest part takes 3.1 MB; this GPU allows 2.0 MB in one piece');
    await now.browser.close();
    await now.server.close();
    const auto = await cardWith(small, 'auto');
    await auto.fits('yes');
  });

  for (const [what, adapter, reason] of [
    ['without WebGPU', undefined, 'this browser has no WebGPU here'],
    ['without an adapter', null, 'WebGPU finds no GPU here'],
    ['without timestamps', { ...LARGE, features: [] }, 'the GPU here lacks timestamp queries'],
  ]) {
    test(`is dimmed ${what} where the GPU alone is asked for`, async () => {
      const { fits } = await cardWith(adapter, 'gpu');
      await fits('no', `no GPU can be used: ${reason}`);
    });
  }

  test('says that a GPU that is computed on the CPU is left for the CPU itself', async () => {
    const { fits, measured } = await cardWith({ ...LARGE, software: true }, 'auto');
    await fits('yes');
    await measured('No GPU can be used: the one here is computed on the CPU');
  });
});
