// WCAG 2.2 A and AA as far as a program can judge it: every place, before there is a model and after a test, a text and a study, in
// both widths and both colour schemes, with a picture of each for a person to look at. What a program cannot judge is in the other tests: keyboard, focus, zoom.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { pictureFile } from '../pictures.mjs';
import { PLACES, steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const { source } = createRequire(new URL('../../../www/package.json', import.meta.url))('axe-core');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong, a line each. */
async function faults(page) {
  await page.evaluate(source);
  const { violations } = await page.evaluate(
    rules => window.axe.run(document, { runOnly: { type: 'tag', values: rules } }),
    RULES,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${help} (${target.flat(9).join(' ')}) ${any[0]?.message ?? ''}`),
  );
}

const go = async (page, place) => {
  await page.evaluate(to => {
    location.hash = to;
  }, place);
  await page.locator(`[data-place=${place}]:visible`).waitFor();
};

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
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: pictureFile('chromium', what, width, colorScheme), fullPage: true });
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

test('at twice the size of text nothing is cut off', async () => {
  const { page } = await open(send(model()), { place: '', query: '?device=cpu' });
  // Zooming in by two halves the width that the page has.
  await page.setViewportSize({ width: 640, height: 450 });
  await page.locator('[data-example=steering]').first().waitFor();
  for (const place of PLACES) {
    await go(page, place);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 640, `${place} is ${wide} px wide`);
  }
});

test('nothing moves for whoever asks for that', async () => {
  const { page } = await open(send(model({ step: 20 })), {
    place: '',
    query: '?device=cpu',
    options: { reducedMotion: 'reduce' },
  });
  await steps.load(page);
  await go(page, 'test');
  await page.getByRole('button', { name: 'Run the test', exact: true }).click();
  await page.locator('[data-items-done]:visible').waitFor();
  const moving = await page.evaluate(() =>
    document.getAnimations().map(one => one.animationName ?? one.transitionProperty),
  );
  assert.deepEqual(moving, []);
});

test('every control is reached with the keyboard, in the order of the page, and its focus is seen', async () => {
  const { page } = await open(send(model()), { place: '', query: '?device=cpu' });
  await page.locator('[data-example=steering]').first().waitFor();
  await steps.load(page);
  for (const place of ['test', 'steer', 'results']) {
    await go(page, place);
    const seen = new Set();
    let above = -1;
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        if (!element || element === document.body) return null;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const label = element.closest('label');
        const framed = [element, label].some(one => one && getComputedStyle(one).outlineStyle !== 'none');
        const { top } = element.getBoundingClientRect();
        return {
          id: element.outerHTML.slice(0, 200),
          framed,
          top: top + scrollY,
          outlineStyle,
          outlineWidth,
        };
      });
      if (focus === null || seen.has(focus.id)) break;
      seen.add(focus.id);
      assert.ok(focus.framed, `the focus is not seen: ${focus.id}`);
      assert.ok(focus.top >= above - 200, `the focus goes back up: ${focus.id}`);
      above = focus.top;
    }
    assert.ok(seen.size >= 2, `${place}: ${seen.size} controls`);
  }
});
