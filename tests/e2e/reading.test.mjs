// The results as a reader meets them: brought into view, with honest intervals, readable on a phone. With the double.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { steps } from './support.mjs';
import { model, open, send, setUp } from './with-double.mjs';

setUp();

describe('when a run ends', () => {
  /** Where the results are in the window, and what has the focus. */
  const seen = page =>
    page.evaluate(() => {
      const results = document.querySelector('traitscope-app').shadowRoot.querySelector('ts-results-step');
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      const { top } = results.getBoundingClientRect();
      return { top, scrolled: scrollY, focused: focused?.textContent?.trim() ?? '' };
    });
  const begun = async query => {
    const { page } = await open(send(model({ step: 15 })), { query, options: { reducedMotion: 'reduce' } });
    await page.setViewportSize({ width: 390, height: 700 });
    await steps.load(page);
    await page.getByRole('button', { name: 'Run the test' }).click();
    await page.locator('[data-gate=continuation]').waitFor();
    return page;
  };
  const ended = async page => {
    await page.locator('[data-run=done]').waitFor();
    await page.waitForTimeout(300);
    return seen(page);
  };

  test('the results come into view and the focus goes to their heading', async () => {
    const page = await begun();
    assert.ok((await seen(page)).top > 200, 'the results stand lower while it runs');
    const { top, focused } = await ended(page);
    assert.ok(top >= 0 && top < 40, `the results begin at ${top} px`);
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
    const { top } = await seen(page);
    const after = await ended(page);
    assert.match(after.focused, /not offered, and why/);
    assert.ok(Math.abs(after.top - top) < 100, `the results went from ${top} to ${after.top} px`);
  });
});
