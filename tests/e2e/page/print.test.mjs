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

/** Runs in the page: what of an element and its parts is cut off, or too dark or too faint for white paper. */
function unprintable(element) {
  const found = [];
  const light = colour => {
    const [red, green, blue, share = 1] = colour.match(/[\d.]+/g).map(Number);
    const linear = [red, green, blue].map(value => {
      const mixed = (share * value + (1 - share) * 255) / 255;
      return mixed <= 0.04045 ? mixed / 12.92 : ((mixed + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05;
  };
  const name = part => `${part.localName}.${part.getAttribute('class')}`;
  const walk = part => {
    const slot = part.localName === 'slot';
    if (!slot && (!part.checkVisibility() || part.matches('.visually-hidden'))) return;
    if (!slot) {
      const style = getComputedStyle(part);
      const { left, right } = part.getBoundingClientRect();
      if (left < -1 || right > innerWidth + 1) found.push(`${name(part)} from ${left} to ${right}`);
      if (style.overflowX !== 'visible' && part.scrollWidth > part.clientWidth + 1)
        found.push(`${name(part)} shows ${part.clientWidth} of ${part.scrollWidth}`);
      const { backgroundColor: ground, color, fill } = style;
      const texts = [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== '');
      const shape = ['path', 'rect'].includes(part.localName);
      const written = part.localName === 'text' ? fill : color;
      const filled = !/, 0\)$|^rgb\(255, 255, 255\)$/.test(ground);
      // A ground is there for black letters, and letters are for white paper.
      if (filled && light(ground) / 0.05 < 4.5) found.push(`${name(part)} on ${ground}`);
      if (filled && style.printColorAdjust !== 'exact')
        found.push(`${name(part)}, whose ground printers leave out`);
      const opaque = style.opacity === '1' && style.fillOpacity === '1';
      if (shape && opaque && fill !== 'none' && light(fill) / 0.05 < 4.5)
        found.push(`${name(part)} of ${fill}`);
      if (texts && 1.05 / light(written) < 4.5) found.push(`${name(part)} written in ${written}`);
    }
    const parts = slot ? part.assignedElements({ flatten: true }) : (part.shadowRoot ?? part).children;
    for (const one of parts) walk(one);
  };
  walk(element);
  return found;
}

/** Fails unless a chart is on paper as a whole, in colours for it. */
async function whole(chart) {
  assert.ok(await chart.isVisible());
  assert.deepEqual(await chart.evaluate(unprintable), []);
}

/** Fails unless what all else is held against stands apart on paper without a ground, which printers leave out. */
async function apart(comparison) {
  const cells = comparison.locator('.first:visible');
  assert.ok((await cells.count()) > 1);
  const styles = await cells.evaluateAll(all =>
    all.map(cell => {
      const { backgroundColor, borderInlineStart, borderInlineEnd } = getComputedStyle(cell);
      return [backgroundColor, borderInlineStart, borderInlineEnd].join();
    }),
  );
  const line = /^rgba\(0, 0, 0, 0\),2px solid rgb\((\d+), (\d+), (\d+)\),2px solid rgb/;
  for (const style of styles) {
    const [, ...colour] = line.exec(style) ?? [];
    assert.equal(colour.length, 3, style);
    assert.ok(
      colour.every(part => Number(part) < 100),
      style,
    );
  }
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
    await whole(page.locator('ts-dose-chart'));
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
    await whole(page.locator('ts-monitor-chart'));
    assert.ok(await page.locator('ts-monitor-step table').first().isVisible());
  });
  await go(page, 'about');
  await printed(page, 'about', async () => {
    assert.ok(await page.locator('ts-limits').isVisible());
  });
  await go(page, 'results');
  const pages = await printed(page, 'results', async () => {
    const report = page.locator('ts-report.paper');
    await report.waitFor();
    await whole(report);
  });
  assert.equal(pages, 1);
  check();
});

test('the trace, the map of layers and what each direction moves are on paper as a whole', async () => {
  // Prompts of a real model are longer than those of the double.
  const { page, check } = await open(send(model({ prompt: 60 })), { place: '', query: QUERY });
  await steps.load(page);
  await go(page, 'steer');
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered][data-done=length]:visible').waitFor();
  await page.getByText('Every layer at once').click();
  await page.getByRole('button', { name: 'Read the steered answer' }).click();
  await page.locator('ts-layer-map').waitFor();
  await page.getByRole('radio', { name: /^Every direction/ }).check();
  await page.getByRole('button', { name: 'Push along every direction' }).click();
  await page.locator('[data-study=done] ts-specificity-result').waitFor();
  await printed(page, 'steer, all charts', async () => {
    const steer = page.locator('[data-place=steer]');
    const trace = steer.locator('ts-trace-chart');
    await whole(trace);
    assert.equal(await trace.locator('polyline').count(), 2);
    const map = steer.locator('ts-layer-map');
    await whole(map);
    const { width } = await map.getByRole('img').boundingBox();
    assert.ok(width > 500, `the map is ${width} wide`);
    const matrix = steer.locator('ts-specificity-result ts-chart-actions');
    await whole(matrix);
    assert.ok((await matrix.locator('td:is([class*=above], [class*=below])').count()) > 0);
    assert.equal(await matrix.locator('tbody tr').count(), 2);
  });
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
    await whole(paper);
    assert.ok(await page.locator('ts-results-step').isHidden());
  });
  await onRequest(page, 'Print the comparison', 'comparison', async () => {
    const paper = page.locator('ts-comparison.paper');
    await paper.waitFor();
    assert.equal(await paper.locator('svg[data-difference]').count(), 16);
    await whole(paper);
    await apart(paper);
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
    await whole(paper);
    await apart(paper);
  });
  await printed(page, 'study', async () => {
    const report = page.locator('ts-study-report.paper');
    await report.waitFor();
    await whole(report);
  });
  check();
});
