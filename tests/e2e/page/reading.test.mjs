// The results as a reader meets them: brought into view, with honest intervals, readable on a phone. With the double.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

/** What `read` gives once it gives the same twice: in a slow hour frames take their time. */
async function settled(page, read) {
  for (let last = null; ; ) {
    const next = await read();
    if (JSON.stringify(next) === JSON.stringify(last)) return next;
    last = next;
    await page.waitForTimeout(300);
  }
}

describe('when a run ends', () => {
  /** Where the results are in the window, and what has the focus. */
  const seen = page =>
    page.evaluate(() => {
      const { shadowRoot } = document.querySelector('traitscope-app');
      const results = shadowRoot.querySelector('ts-results-step');
      const head = shadowRoot.querySelector('ts-nav').getBoundingClientRect().bottom;
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      const { top } = results.getBoundingClientRect();
      // From the foot of the head, which stays in sight.
      return { top, below: top - head, scrolled: scrollY, focused: focused?.textContent?.trim() ?? '' };
    });
  const begun = async (query = '?failing=ask') => {
    const { page } = await open(send(model({ step: 15 })), { query, options: { reducedMotion: 'reduce' } });
    await page.setViewportSize({ width: 390, height: 700 });
    await steps.load(page);
    await page.getByRole('button', { name: 'Run the test' }).click();
    await page.locator('[data-gate=continuation]').waitFor();
    return page;
  };
  const ended = async page => {
    await page.locator('[data-run=done]').waitFor();
    return settled(page, () => seen(page));
  };

  test('the results come into view and the focus goes to their heading', async () => {
    const page = await begun();
    const before = (await seen(page)).top;
    assert.ok(before > 60, `the results stand lower while it runs: ${before} px`);
    const { below, focused } = await ended(page);
    assert.ok(below >= 0 && below < 40, `the results begin ${below} px below the head`);
    assert.equal(focused, 'Results');
  });

  test('whoever has scrolled away stays there', async () => {
    const page = await begun();
    assert.ok((await seen(page)).scrolled > 200);
    await page.evaluate(() => scrollTo(0, 0));
    const { scrolled, focused } = await ended(page);
    assert.equal(scrolled, 0);
    assert.notEqual(focused, 'Results');
  });

  test('whoever has the focus elsewhere keeps it', async () => {
    const page = await begun();
    await page.getByText('not offered, and why').focus();
    const { top } = await settled(page, () => seen(page));
    const after = await ended(page);
    assert.match(after.focused, /not offered, and why/);
    assert.ok(Math.abs(after.top - top) < 100, `the results went from ${top} to ${after.top} px`);
  });
});

test('a test that begins by itself after the loading comes into view on a phone, and its results after it', async () => {
  const { page } = await open(send(model({ step: 60 })), { options: { reducedMotion: 'reduce' } });
  await page.setViewportSize({ width: 390, height: 700 });
  await page.getByRole('button', { name: 'Load the model and run the test' }).click();
  await page.locator('ts-test-step button:focus', { hasText: 'Stop and keep what is done' }).waitFor();
  // The text below the bar changes its length while the test goes on; the step begins where it begins.
  const top = await settled(page, async () => (await page.locator('ts-test-step').boundingBox()).y);
  const stop = await page.locator('ts-test-step button:focus').boundingBox();
  const end = stop.y + stop.height;
  assert.ok(top >= 0 && end <= 700, `the test begins at ${top} px, and its button ends at ${end} px`);
  await page.locator('[data-run=done]').waitFor();
  const results = await settled(page, () => page.locator('ts-results-step').boundingBox());
  const head = await page.locator('ts-nav').boundingBox();
  const below = results.y - head.height;
  assert.ok(below >= 0 && below < 40, `the results begin ${below} px below the head`);
});

test('whoever reads elsewhere while the model loads is left there when the test begins', async () => {
  const { page } = await open(send(model({ step: 40, testTime: 500 })));
  await page.setViewportSize({ width: 390, height: 700 });
  await page.getByRole('button', { name: 'Load the model and run the test' }).click();
  await page.getByText('The test begins by itself').waitFor();
  await page.waitForTimeout(100);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const before = await page.evaluate(() => scrollY);
  assert.ok(before > 200, `${before}`);
  await page.locator('[data-items-done]').waitFor();
  await page.waitForTimeout(200);
  const { y } = await page.locator('ts-test-step').boundingBox();
  assert.ok(y < 0, `the test begins at ${y} px`);
});

describe('with two items a trait', () => {
  test('an interval that only looks sure is not shown, in chart, text and table alike', async () => {
    const { page } = await open(send(model()), { query: '?readouts=continuation&per_trait=2' });
    await steps.load(page);
    await steps.run(page);
    // The double gives its 0 of two items an interval of 42, narrower than two items can tell.
    const told = page.getByRole('listitem').filter({ hasText: 'Psychopathy' });
    assert.match(await told.textContent(), /0 of 100, too few items for an interval, average weight/);
    const drawn = page.locator('.trait', { hasText: 'Psychopathy' });
    assert.match(await drawn.textContent(), /too few items for an interval/);
    assert.equal(await page.locator('.trait:has-text("Psychopathy") + svg .whisker').count(), 0);
    await page.getByText('The same as a table').click();
    const row = page.getByRole('row', { name: 'Psychopathy' });
    assert.match(await row.textContent(), /0\.0 \(too few items\)/);
    await page.getByText('fewer than five may agree by luck').waitFor();
    await page.getByText('No clear lean').waitFor();
  });

  test('with five there are intervals', async () => {
    const { page } = await open(send(model()), { query: '?readouts=continuation&per_trait=5' });
    await steps.load(page);
    await steps.run(page);
    assert.equal(await page.getByText('too few items').count(), 0);
    assert.equal(await page.locator('.trait:has-text("Psychopathy") + svg .whisker').count(), 3);
  });
});

for (const width of [1280, 390]) {
  test(`at ${width} px every figure of the table is there to read without scrolling sideways`, async () => {
    const { page } = await open(send(model({ lettersPass: true })), { query: '?per_trait=5' });
    await page.setViewportSize({ width, height: 800 });
    await steps.load(page);
    await steps.run(page);
    const table = page.locator('[data-offered=letters] table');
    await page.getByText('The same as a table').click();
    const cells = table.getByRole('cell');
    assert.equal(await cells.count(), 8 * 5);
    for (const cell of await cells.all()) {
      const { x, width: wide } = await cell.boundingBox();
      const cut = await cell.evaluate(element => element.scrollWidth > element.clientWidth);
      assert.ok(x >= 0 && x + wide <= width && !cut, `${await cell.textContent()} is cut off`);
    }
    const first = table.getByRole('row', { name: 'Openness' });
    assert.match(await first.textContent(), /\d+\.\d \(\d+ to \d+\)/);
    // Both ways of reading work, so that it can be said how far they agree.
    const agreement = page.locator('[data-agreement]');
    assert.match(await agreement.textContent(), /Of 40 items, 30 fall on the same side .* r = \+0\.42/);
  });
}
