// What can fail for good, each by what really happens, with the double: memory that is used up, a worker that is gone, a GPU that is none,
// storage that keeps nothing. Each is told with what to do, and nothing that was measured is lost.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { begun, finished, saved, start } from '../study-support.mjs';
import { allPlaces, beforeWorker, steps } from '../support.mjs';
import { model, now, open, reached, send, setUp } from '../with-double.mjs';

setUp();

const ONE = '?device=cpu&workers=1&per_trait=2&failing=ask';
const gone = page => page.locator('[data-load-again]').first();

/** Ends the workers of a page as a browser does that wants their memory: without a word. */
const endSilently = page =>
  Promise.all(page.workers().map(worker => worker.evaluate(() => self.close()).catch(() => undefined)));

/** The model can be loaded again where the page offers it, and answers. */
async function loadAgain(page) {
  await gone(page).click();
  await steps.ready(page);
  assert.equal(await page.locator('[data-load-again]').count(), 0);
}

describe('a worker that comes to its end in the middle of a test', () => {
  for (const [crash, code, said] of [
    ['memory', 'worker.memory', 'Close other tabs and programs, or choose a smaller model'],
    ['buffer', 'worker.memory', 'Close other tabs and programs, or choose a smaller model'],
    ['trap', 'worker.crashed', 'Open the model again'],
  ]) {
    test(`by ${crash} is told as ${code}, keeps its answers and is left by loading again`, async () => {
      const { page } = await open(send(model({ crash, crashAfter: 48 + 40 })), { query: ONE });
      await steps.load(page);
      await steps.runToFailure(page);
      const notice = page.locator('ts-notice', { hasText: code }).first();
      await notice.getByText(said).waitFor();
      const run = await steps.saveJson(page);
      assert.equal(run.observations.length, 39);
      await loadAgain(page);
    });
  }

  test('without a word is noticed by the lock that it held', async () => {
    const { page } = await open(send(model({ step: 30 })), { query: ONE });
    await steps.load(page);
    await page.getByRole('button', { name: /^Run the test/ }).click();
    await reached(page, 2);
    await endSilently(page);
    await page.locator('[data-run=failed]').waitFor();
    await page.getByText('the browser ended it, perhaps for want of memory').first().waitFor();
    const run = await steps.saveJson(page);
    assert.ok(run.observations.length >= 14, `${run.observations.length}`);
    await loadAgain(page);
  });
});

describe('a worker that comes to its end elsewhere', () => {
  test('while nothing is asked: the model is gone for every place, and comes back', async () => {
    const { page } = await open(send(model()), { query: ONE });
    await steps.load(page);
    await endSilently(page);
    await page.locator('[data-gone]').first().waitFor();
    for (const place of ['ts-test-step', 'ts-steer-step', 'ts-monitor-step']) {
      await page.locator(`${place} [data-load-again]`).first().waitFor();
    }
    await loadAgain(page);
    await steps.run(page);
  });

  test('in a study of settings: finished settings stay, and the study goes on', async () => {
    const { page } = await begun({ step: 30 });
    await start(page);
    await finished(page, 2);
    // What is heard is written half a second later.
    await page.waitForTimeout(700);
    await endSilently(page);
    await page.getByText('the browser ended it').first().waitFor();
    await page.locator('ts-settings-step [data-load-again]').waitFor();
    await loadAgain(page);
    await page.getByText(/“Six ways” with Double.135M, begun on .*, was not finished/).waitFor();
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await page.locator('[data-summary="6"]').waitFor();
    assert.equal((await saved(page)).answers.length, 6);
  });

  test('while both answers are written: what is written stays', async () => {
    const { page } = await open(send(model({ step: 40 })), { query: ONE });
    await steps.load(page);
    await page.getByRole('button', { name: 'Write both answers' }).click();
    const tokens = page.locator('[data-text=unsteered] ts-token-text span');
    await tokens.nth(5).waitFor();
    await endSilently(page);
    await page.locator('ts-steer-step ts-notice', { hasText: 'worker.crashed' }).first().waitFor();
    assert.ok((await tokens.count()) >= 5);
    await loadAgain(page);
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await page.locator('[data-text=steered][data-done=length]').waitFor();
  });

  test('in the study of a push: the answers so far are shown as incomplete, and saved', async () => {
    const { page } = await open(send(model({ step: 150 })), { query: ONE });
    await steps.load(page);
    await page.getByRole('button', { name: 'Ask under every dose' }).click();
    await page.waitForFunction(() => {
      const { shadowRoot } = document.querySelector('traitscope-app');
      const bar = shadowRoot.querySelector('ts-effect-step').shadowRoot.querySelector('progress');
      return bar !== null && bar.position > 0.6;
    });
    await endSilently(page);
    const step = page.locator('ts-effect-step');
    await step.locator('ts-notice', { hasText: 'worker.crashed' }).waitFor();
    const record = JSON.parse(await steps.save(page, 'Save the study'));
    assert.equal(record.result.cancelled, true);
    assert.ok(record.result.observations.length > 0);
    await loadAgain(page);
  });

  test('in the study of a meter: the answers so far are shown as incomplete, and saved', async () => {
    const { page } = await open(send(model({ step: 150 })), { query: ONE });
    await steps.load(page);
    const step = page.locator('ts-monitor-step');
    await step.getByRole('button', { name: 'Read the meter and ask' }).click();
    // Whole parts are kept, which are of four items, each asked in five ways.
    await step.getByText(/(2[1-9]|[3-6]\d) of .* answers/).waitFor();
    await endSilently(page);
    await step.locator('ts-notice', { hasText: 'worker.crashed' }).waitFor();
    await step.getByText('The study ended early').waitFor();
    await step.getByText('Every answer as a table').click();
    const rows = step.getByRole('group', { name: 'Every answer' }).locator('tbody tr');
    const shown = await rows.count();
    const record = JSON.parse(await steps.save(page, 'Save the study'));
    assert.equal(record.result.cancelled, true);
    assert.ok(shown > 0 && shown < 5 * 16, `${shown}`);
    assert.equal(record.result.rows.length, shown);
    await loadAgain(page);
  });

  test('while items are answered in words: the answers so far are counted, and saved', async () => {
    const { page } = await open(send(model({ step: 200 })), {
      query: '?device=cpu&workers=1&per_trait=1&gate=8&templates=T1',
    });
    await steps.load(page);
    await steps.run(page);
    const part = page.locator('ts-free-answers');
    await part.getByText('How often does it not answer at all?').click();
    await part.getByRole('button', { name: 'Have it answer in words' }).click();
    await part.getByText(/(9|1[0-4]) of 16/).waitFor();
    await endSilently(page);
    await part.locator('ts-notice', { hasText: 'worker.crashed' }).waitFor();
    const saved = JSON.parse(await steps.save(page, 'Save the answers'));
    const { answers, cancelled } = saved.result;
    assert.equal(cancelled, true);
    assert.ok(answers.length > 0 && answers.length < 16, `${answers.length}`);
    await part.getByText(new RegExp(`of ${answers.length} names? none of the options`)).waitFor();
    await loadAgain(page);
  });
});

describe('a GPU that is computed on the CPU', () => {
  test('is told with the way to the CPU, which is taken with one press', async () => {
    const opened = await open(send(model({ gpu: true })), { query: '?workers=1&per_trait=2', place: null });
    const { page } = opened;
    await page.addInitScript(() => {
      const info = {
        vendor: 'google',
        architecture: 'swiftshader',
        device: '',
        description: '',
        isFallbackAdapter: true,
      };
      const adapter = { info, isFallbackAdapter: true, limits: {}, features: new Set(['timestamp-query']) };
      Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: async () => adapter } });
    });
    await page.reload();
    await steps.load(page);
    await page.locator('ts-model-step ts-notice', { hasText: 'device.software' }).waitFor();
    await page.locator('[data-to-cpu]').first().click();
    await page.locator('[data-device=cpu]').waitFor();
    await steps.run(page);
  });
});

/** The page after something of the browser was taken away, from the page and from its workers. */
async function without(take) {
  const worker = await beforeWorker(now.folder, () => `(${take})();`);
  const { page, check } = await open({ ...send(model()), ...worker }, { query: ONE });
  await page.addInitScript(take);
  await page.reload();
  await steps.load(page);
  return { page, check };
}

describe('a browser without', () => {
  test('databases tests all the same, and says that its results are kept nowhere', async () => {
    const { page, check } = await without(() => {
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
    });
    await steps.run(page);
    await page.locator('ts-notice', { hasText: 'storage.results' }).first().waitFor();
    assert.ok((await steps.saveJson(page)).observations.length > 0);
    check();
  });

  test('locks, as on a page from plain http, downloads, tests and writes all the same', async () => {
    const { page, check } = await without(() => {
      Object.defineProperty(navigator, 'locks', { value: undefined });
    });
    await steps.run(page);
    assert.ok((await steps.saveJson(page)).observations.length > 0);
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await page.locator('[data-text=steered][data-done=length]').waitFor();
    check();
  });
});

describe('storage that keeps nothing', () => {
  test('is told once, and the results are saved as files', async () => {
    const { page } = await open(send(model()), { query: ONE });
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('the disk is full', 'QuotaExceededError');
      };
    });
    await page.reload();
    await steps.load(page);
    await steps.run(page);
    const notice = page.locator('ts-notice', { hasText: 'storage.results' });
    await notice.first().getByText('save results as a file').waitFor();
    assert.equal(await notice.count(), 1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('[data-save-unkept]').first().click(),
    ]);
    assert.match(download.suggestedFilename(), /^traitscope-/);
    await notice.waitFor({ state: 'detached' });
    assert.equal((await steps.saveJson(page)).observations.length > 0, true);
  });

  test('is noticed where it takes nothing more in the middle of a test', async () => {
    const { page } = await open(send(model({ step: 30 })), { query: ONE });
    await steps.load(page);
    await page.getByRole('button', { name: /^Run the test/ }).click();
    await reached(page, 2);
    await page.evaluate(() => {
      for (const name of ['add', 'put']) {
        IDBObjectStore.prototype[name] = () => {
          throw new DOMException('the disk is full', 'QuotaExceededError');
        };
      }
    });
    await steps.ended(page, 'done', 60_000);
    await page.locator('ts-notice', { hasText: 'storage.results' }).first().waitFor();
    await page.locator('[data-save-unkept]').first().waitFor();
    assert.equal(await asksBeforeLeaving(page), true);
  });
});

/** Whether the browser asks when the page is left. */
async function asksBeforeLeaving(page) {
  const asked = page.waitForEvent('dialog', { timeout: 3000 }).then(
    async dialog => {
      assert.equal(dialog.type(), 'beforeunload');
      await dialog.dismiss();
      return true;
    },
    () => false,
  );
  await page.close({ runBeforeUnload: true });
  return asked;
}

describe('a page that is left', () => {
  test('asks while a study is under way that would begin again, and not otherwise', async () => {
    const { page } = await open(send(model({ step: 150 })), { query: ONE });
    await steps.load(page);
    await page.getByRole('radio', { name: /^How far/ }).check();
    await page.locator('ts-effect-step button[data-next]').click();
    await page.locator('[data-study=running]').waitFor();
    assert.equal(await asksBeforeLeaving(page), true);
    await page.getByRole('button', { name: 'Stop and keep what is done' }).first().click();
    await page.locator('[data-study=done]').waitFor();
    assert.equal(await asksBeforeLeaving(page), false);
  });

  test('does not ask while a study is kept as it goes, but where the storage takes nothing', async () => {
    const { page } = await open(send(model({ step: 400 })), { query: ONE });
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('the disk is full', 'QuotaExceededError');
      };
    });
    for (const full of [true, false]) {
      const tab = full ? page : await now.browser.context.newPage();
      await tab.goto(now.server.url + allPlaces(ONE));
      await steps.load(tab);
      await tab.getByRole('button', { name: 'Ask under every dose' }).click();
      await tab.locator('[data-study=running]').waitFor();
      if (full) await tab.getByText('storage.results').first().waitFor();
      assert.equal(await asksBeforeLeaving(tab), full);
      if (full) await tab.close();
    }
  });
});
