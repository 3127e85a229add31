// What comes on paper: a place as it stands, or the one thing that was asked for; without what is pressed and without what is folded.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pictureFile } from '../pictures.mjs';
import { give, heldAgainstAnother, STUDY, step } from '../study-support.mjs';
import { go, steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const QUERY = '?device=cpu&workers=1&per_trait=5&readouts=continuation&gate=8';

/** Runs in the page: what is pressed, in sight, and what is wider than the paper. */
function onPaper() {
  const pressed = [];
  const wide = [];
  const walk = root => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches('button, a.button, input[type=file]') && element.checkVisibility())
        pressed.push(element.outerHTML.slice(0, 120));
      if (element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
        wide.push(element.outerHTML.slice(0, 120));
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return { pressed, wide };
}

/** The page as it is on paper, with a picture; `look` is given while it is. */
async function printed(page, what, look) {
  // A4 less its margins.
  await page.setViewportSize({ width: 688, height: 1030 });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await look();
  const { pressed, wide } = await page.evaluate(onPaper);
  assert.deepEqual(pressed, [], what);
  assert.deepEqual(wide, [], what);
  assert.ok(await page.locator('ts-nav').isHidden());
  const colours = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  assert.equal(colours, 'rgb(255, 255, 255)');
  await page.screenshot({ path: pictureFile('paper', what), fullPage: true });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
  return pdf.toString('latin1').match(/\/Type \/Page\b/g).length;
}

/** Presses a button that prints, and looks at the paper in the moment at which the browser would print it. */
async function onRequest(page, button, what, look) {
  await page.evaluate(() => {
    window.print = () => {
      window.printing = true;
    };
  });
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.waitForFunction(() => window.printing);
  const pages = await printed(page, what, look);
  await page.evaluate(() => {
    window.printing = false;
    dispatchEvent(new Event('afterprint'));
  });
  await page.locator('.paper').waitFor({ state: 'detached' });
  return pages;
}

test('Steer, Monitor and About are printed as they stand, also once there is a test', async () => {
  const { page, check } = await open(send(model()), { place: '', query: QUERY });
  await steps.load(page);
  await go(page, 'test');
  await steps.run(page);
  await go(page, 'steer');
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered][data-done=length]:visible').waitFor();
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await page.locator('[data-study=done]').waitFor();
  await printed(page, 'steer', async () => {
    assert.equal(await page.locator('.paper').count(), 0);
    assert.ok(await page.locator('[data-text=steered]').isVisible());
    assert.ok(await page.locator('ts-dose-chart svg[role=img]').isVisible());
    const exact = await page
      .locator('[data-text=steered] ts-token-text span')
      .first()
      .evaluate(span => getComputedStyle(span).printColorAdjust);
    assert.equal(exact, 'exact');
  });
  await go(page, 'monitor');
  await page.getByRole('button', { name: 'Read the meter and ask' }).click();
  await page.locator('[data-monitor=done]').waitFor();
  await printed(page, 'monitor', async () => {
    assert.ok(await page.locator('ts-monitor-chart svg[role=img]').isVisible());
    assert.ok(await page.locator('ts-monitor-step table').first().isVisible());
  });
  await go(page, 'about');
  await printed(page, 'about', async () => {
    assert.ok(await page.locator('ts-limits').isVisible());
  });
  await go(page, 'results');
  assert.equal(await printed(page, 'results', () => page.locator('ts-report.paper').waitFor()), 1);
  check();
});

test('a comparison of tests and a class are printed on request, by themselves', async () => {
  const { page, check } = await open(send(model()), { place: '', query: QUERY });
  await steps.load(page);
  await go(page, 'test');
  await steps.run(page);
  await go(page, 'results');
  const own = await steps.save(page, 'Save for the class (numbers only)');
  await steps.dropAll(page, { 'a.json': own, 'b.json': own });
  await page.locator('[data-class="3"]').waitFor();
  await onRequest(page, 'Print the class', 'class', async () => {
    const paper = page.locator('ts-class.paper');
    await paper.waitFor();
    assert.equal(await paper.locator('.grid svg').count(), 8);
    assert.ok(await page.locator('ts-results-step').isHidden());
  });
  await onRequest(page, 'Print the comparison', 'comparison', async () => {
    const paper = page.locator('ts-comparison.paper');
    await paper.waitFor();
    assert.equal(await paper.locator('svg[data-difference]').count(), 16);
  });
  check();
});

test('two studies held against each other are printed on request', async () => {
  const { page, check } = await open(send(model()), { place: '', query: '?device=cpu&workers=1' });
  await steps.load(page);
  await go(page, 'test');
  await give(page, STUDY);
  await step(page).getByText('6 settings').first().waitFor();
  await heldAgainstAnother(page);
  await onRequest(page, 'Print the comparison', 'studies', async () => {
    const paper = page.locator('ts-study-comparison.paper');
    await paper.waitFor();
    assert.equal(await paper.locator('svg[data-difference]').count(), 8);
  });
  await printed(page, 'study', () => page.locator('ts-study-report.paper').waitFor());
  check();
});
