// At twice the size of text, with all unfolded: nothing is wider than the window, no text is cut off, and what stays in sight leaves room for
// the rest. Before there is a model, and after a test, texts and studies, with the tour and in German.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unfold } from '../axe.mjs';
import { clipped } from '../clipped.mjs';
import { walkByTab } from '../keyboard.mjs';
import { pictureFile } from '../pictures.mjs';
import { go, PLACES, steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

/** Zooming in by two halves the width that the page has, and its height. */
const WINDOW = { width: 640, height: 450 };

/** What of the window's height is taken by what stays in sight at its top and its bottom. */
function taken(page) {
  return page.evaluate(() => {
    const { shadowRoot } = document.querySelector('traitscope-app');
    const tour = shadowRoot.querySelector('ts-tour').shadowRoot.querySelector('aside');
    return [shadowRoot.querySelector('ts-nav'), tour]
      .filter(one => one && getComputedStyle(one).position !== 'static')
      .reduce((sum, one) => sum + one.getBoundingClientRect().height, 0);
  });
}

const NAMES = {
  en: { load: 'Only load it', tour: 'A short tour', layers: 'Read the steered answer' },
  de: { load: 'Nur laden', tour: 'Ein kurzer Rundgang', layers: 'Die gesteuerte Antwort lesen' },
};

for (const [lang, names] of Object.entries(NAMES)) {
  test(`at twice the size of text nothing is cut off (${lang})`, async () => {
    const query = `?device=cpu&per_trait=5&gate=8&readouts=letters,continuation&lang=${lang}`;
    const { page, check } = await open(send(model({ lettersPass: true })), { place: '', query });
    await page.setViewportSize(WINDOW);
    await page.locator('[data-example=steering]').first().waitFor();
    const found = [];
    const look = async what => {
      await unfold(page);
      for (const line of await clipped(page)) found.push(`${what}: ${line}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > WINDOW.width) found.push(`${what} is ${wide} px wide`);
      const high = await taken(page);
      if (high > WINDOW.height / 2) found.push(`${what}: ${high} px of the height are taken`);
      await page.screenshot({ path: pictureFile('chromium', 'zoom', lang, what) });
    };
    const walk = async what => {
      for (const place of PLACES) {
        await go(page, place);
        await look(`${place}, ${what}`);
      }
    };
    const tour = async what => {
      await go(page, 'model');
      await page.getByRole('button', { name: names.tour }).click();
      const next = page.locator('ts-tour button.primary');
      for (let step = 1; step <= PLACES.length; step += 1) {
        await page.locator('ts-tour aside', { hasText: new RegExp(`${step} (of|von) 6`) }).waitFor();
        await look(`tour, ${what}, ${step}`);
        if (step < PLACES.length) await next.click();
      }
      await page.locator('ts-tour button').last().click();
    };

    await walk('no model');
    await tour('no model');
    await go(page, 'model');
    await page.getByRole('button', { name: names.load }).click();
    await steps.ready(page);
    await go(page, 'test');
    await page.locator('ts-test-step button.primary').click();
    await steps.ended(page, 'done', 60_000);
    await go(page, 'steer');
    await page.locator('ts-steer-step button.primary').click();
    await page.locator('[data-text=steered][data-done=length]:visible').waitFor();
    await unfold(page);
    await page.getByRole('button', { name: names.layers }).click();
    await page.locator('ts-layer-map').waitFor();
    await page.locator('ts-effect-step [data-next]:enabled').click();
    await page.locator('[data-study=done]').waitFor();
    await go(page, 'monitor');
    await page.locator('ts-monitor-step button.primary').click();
    await page.locator('[data-monitor=done]').waitFor();
    await walk('after a test, texts and studies');
    await tour('after');
    assert.deepEqual(found, []);
    check();
  });
}

for (const [width, height] of [
  [WINDOW.width, WINDOW.height],
  [390, 844],
]) {
  test(`the tour lies on no control that has the focus, at ${width} by ${height}`, async () => {
    const { page } = await open(send(model()), { place: '', query: '?device=cpu' });
    await page.setViewportSize({ width, height });
    await page.locator('[data-example=steering]').first().waitFor();
    await page.getByRole('button', { name: NAMES.en.tour }).click();
    for (const place of PLACES) {
      await go(page, place);
      await unfold(page);
      for (const back of [false, true]) await walkByTab(page, `${place}, with the tour`, { back });
      // What ends the page can be brought out from under it.
      const covered = await page.evaluate(() => {
        const { shadowRoot } = document.querySelector('traitscope-app');
        scrollTo(0, document.documentElement.scrollHeight);
        const end = shadowRoot.querySelector('footer').getBoundingClientRect().bottom;
        return (
          end -
          shadowRoot.querySelector('ts-tour').shadowRoot.querySelector('aside').getBoundingClientRect().top
        );
      });
      assert.ok(covered <= 0, `${place}: the tour lies on the end of the page by ${covered} px`);
    }
  });
}

test('text that is cut off is found', async () => {
  const { page } = await open(send(model()), { place: '#about' });
  await page.locator('[data-place=about]:visible').waitFor();
  assert.deepEqual(await clipped(page), []);
  await page.evaluate(() => {
    const make = (parent, name, styles, text = '', space = 'http://www.w3.org/1999/xhtml') => {
      const element = parent.appendChild(document.createElementNS(space, name));
      Object.assign(element.style, styles);
      element.textContent = text;
      return element;
    };
    const narrow = { width: '30px', whiteSpace: 'nowrap' };
    make(document.body, 'p', { ...narrow, overflow: 'hidden' }, 'Wider than its box');
    make(document.body, 'p', { height: '5px', overflow: 'clip' }, 'Higher than its box');
    make(make(document.body, 'select', narrow), 'option', {}, 'Wider than its select');
    const svg = 'http://www.w3.org/2000/svg';
    const chart = make(document.body, 'svg', { width: '40px', height: '40px' }, '', svg);
    make(chart, 'text', {}, 'Wider than its chart', svg).setAttribute('y', '20');
    make(document.body, 'p', { position: 'absolute', left: '-20px' }, 'Begins outside');
    // Can be scrolled to.
    make(document.body, 'p', { ...narrow, overflow: 'auto' }, 'Wider than its box');
  });
  const found = (await clipped(page)).map(line => /“(.*)”/.exec(line)[1]);
  const cut = ['Wider than its box', 'Higher than its box', 'Wider than its select', 'Wider than its chart'];
  assert.deepEqual(found, [...cut, 'Begins outside']);
});
