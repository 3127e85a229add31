// WCAG 2.2 A and AA as far as a program can judge it: every place, before there is a model and after a test, a text and a study, in
// both widths and both colour schemes, with a picture of each for a person to look at. What a program cannot judge is in the other tests: keyboard, focus, zoom.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults, fullPicture } from '../axe.mjs';
import { clipped } from '../clipped.mjs';
import { go, PLACES, steps } from '../support.mjs';
import { model, now, open, reached, send, setUp } from '../with-double.mjs';

setUp();

for (const [width, colorScheme] of [
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
]) {
  test(`no fault in any place at ${width} px, ${colorScheme}`, async () => {
    const { page } = await open(send(model()), { place: '', query: '?device=cpu', options: { colorScheme } });
    await page.setViewportSize({ width, height: 900 });
    await page.locator('[data-example=steering]').first().waitFor();
    const found = [];
    const look = async what => {
      for (const line of await faults(page)) found.push(`${what}: ${line}`);
      for (const line of await clipped(page)) found.push(`${what}: cut off: ${line}`);
      await fullPicture(page, what, width, colorScheme);
    };
    for (const place of PLACES) {
      await go(page, place);
      await look(`${place}, no model`);
    }
    await go(page, 'model');
    await steps.load(page);
    await look('model, loaded');
    await go(page, 'test');
    await page.getByText('Options', { exact: true }).click();
    await look('test, options');
    await steps.run(page);
    for (const details of await page.locator('[data-place=results] details > summary:visible').all()) {
      await details.click();
    }
    await look('results');
    await go(page, 'steer');
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await page.locator('[data-text=steered][data-done=length]:visible').waitFor();
    await page.getByRole('button', { name: 'Ask under every dose' }).click();
    await page.locator('[data-study=done]').waitFor();
    await look('steer, studied');
    await go(page, 'monitor');
    await page.getByRole('button', { name: 'Read the meter and ask' }).click();
    await page.locator('[data-monitor=done]').waitFor();
    await look('monitor, studied');
    assert.deepEqual(found, []);
  });
}

/** What moves while a model is loaded, a test runs and a text is written: every transition and animation that the browser begins. */
async function moving(reducedMotion) {
  const { page } = await open(send(model({ step: 40 })), {
    place: '',
    query: '?device=cpu',
    options: { reducedMotion },
  });
  const found = new Set();
  const tools = await page.context().newCDPSession(page);
  tools.on('Animation.animationStarted', ({ animation }) => found.add(`${animation.type} ${animation.name}`));
  await tools.send('Animation.enable');
  await steps.load(page);
  await go(page, 'test');
  await page.getByRole('button', { name: 'Run the test', exact: true }).click();
  await reached(page, 6);
  await page.locator('[data-run=done]').waitFor({ state: 'attached' });
  await go(page, 'steer');
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered][data-done=length]:visible').waitFor();
  await now.browser.close();
  await now.server.close();
  return [...found];
}

test('nothing moves for whoever asks for that', async () => {
  const usual = await moving('no-preference');
  assert.ok(usual.length >= 2, `what moves is not found: ${usual}`);
  assert.deepEqual(await moving('reduce'), []);
});

/** Runs in the page before its own code: notes in `window.scrolls` how each scroll that the page asks for is to be. */
function noteScrolls() {
  window.scrolls = [];
  const ways = ['scrollIntoView', 'scrollTo', 'scrollBy', 'scroll'];
  for (const [owner, names] of [
    [Element.prototype, ways],
    [window, ways.slice(1)],
  ]) {
    for (const name of names) {
      const asked = owner[name];
      owner[name] = function (...given) {
        window.scrolls.push(`${name} ${given[0]?.behavior ?? 'auto'}`);
        return asked.apply(this, given);
      };
    }
  }
}

/** How the page scrolls to the results of a test, to another place and to a cell of a map, and where a style has it scroll smoothly. */
async function scrolling(reducedMotion) {
  const { page } = await open(send(model({ step: 10 })), {
    query: '?device=cpu&per_trait=5&readouts=continuation&gate=8',
    options: { reducedMotion },
    first: noteScrolls,
  });
  await steps.load(page);
  await page.getByRole('button', { name: 'Run the test', exact: true }).click();
  await page.locator('[data-run=done]').waitFor();
  // The results are brought into sight a frame later.
  await page.waitForFunction(() =>
    window.scrolls.some(line => /^scrollIntoView (smooth|instant)$/.test(line)),
  );
  const toResults = await page.evaluate(() => [...window.scrolls]);
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered][data-done=length]').waitFor();
  await page.getByText('Every layer at once').click();
  await page.getByRole('button', { name: 'Read the steered answer' }).click();
  const map = page.locator('ts-layer-map').getByRole('group', { name: /^The map/ });
  await map.focus();
  await map.press('ArrowRight');
  await page.locator('ts-layer-map .at').waitFor();
  await go(page, 'about');
  const styles = await page.evaluate(() => {
    const found = [];
    const walk = root => {
      for (const element of root.querySelectorAll('*')) {
        const { scrollBehavior } = getComputedStyle(element);
        if (scrollBehavior !== 'auto') found.push(`${element.localName}: ${scrollBehavior}`);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return found;
  });
  const scrolls = await page.evaluate(() => window.scrolls);
  await now.browser.close();
  await now.server.close();
  return { toResults, scrolls, styles };
}

test('the page jumps where it else would glide, for whoever asks for that', async () => {
  const smooth = line => line.endsWith(' smooth');
  const usual = await scrolling('no-preference');
  assert.ok(usual.toResults.some(smooth), `what glides is not found: ${usual.scrolls}`);
  const { toResults, scrolls, styles } = await scrolling('reduce');
  assert.deepEqual(scrolls.filter(smooth), []);
  assert.ok(toResults.includes('scrollIntoView instant'), `${scrolls}`);
  assert.deepEqual(styles, []);
});
