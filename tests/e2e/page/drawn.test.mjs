// What charts draw, held against the numbers that they are of.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

test('the trace of a meter grows while the text is written', async () => {
  const { page, check } = await open(send(model({ step: 100 })), { query: '?device=cpu' });
  await steps.load(page);
  await page.getByRole('button', { name: 'Write both answers' }).click();
  for (const side of ['unsteered', 'steered']) {
    const text = page.locator(`[data-text=${side}]`);
    // Both at one moment, so that the text is not finished between two looks.
    const look = () =>
      page.locator('ts-steer-step ts-twin-texts').evaluate(({ shadowRoot }, side) => {
        const chart = shadowRoot.querySelector('ts-trace-chart')?.shadowRoot;
        const line = chart?.querySelector(`polyline.${side}`)?.getAttribute('points').trim() ?? '';
        const { done } = shadowRoot.querySelector(`[data-text=${side}]`).dataset;
        return { points: line === '' ? 0 : line.split(' ').length, done };
      }, side);
    const more = async than => {
      for (;;) {
        const seen = await look();
        if (seen.points > than || seen.done !== '') return seen;
        await page.waitForTimeout(20);
      }
    };
    const earlier = await more(1);
    const later = await more(earlier.points + 1);
    assert.deepEqual([earlier.done, later.done], ['', ''], 'both looks are taken while it is written');
    assert.ok(later.points > earlier.points, `${later.points} after ${earlier.points}`);
    await text.and(page.locator('[data-done=length]')).waitFor();
    // The last token is not read, since the model does not go on from it.
    assert.equal((await look()).points, 79);
  }
  check();
});

test('the bands of a dose chart reach from the lowest to the highest direction of chance', async () => {
  const { page, check } = await open(send(model()), { query: '?device=cpu' });
  await steps.load(page);
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  const study = page.locator('[data-study=done]');
  await study.waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    study.getByRole('button', { name: 'Save the study' }).click(),
  ]);
  const { summary } = JSON.parse(await readFile(await download.path(), 'utf8')).result;
  const own = ({ trait }) => trait === 'Agreeableness';
  const { points } = summary.directions[0].curves.find(own);
  const unsteered = points.find(({ dose }) => dose === 0).d.value;
  const expected = summary.chance
    .filter(own)
    .map(({ dose, changes }) => ({
      dose,
      low: unsteered + Math.min(...changes),
      high: unsteered + Math.max(...changes),
    }))
    .toSorted((a, b) => a.dose - b.dose);
  assert.equal(expected.length, 2);
  for (const { low, high } of expected) assert.ok(high - low > 0.05, `${low} to ${high}`);

  // What the axis says of places, read from its lines and the numbers beside them.
  const drawn = await study.locator('ts-dose-chart svg').evaluate(svg => {
    const of = (element, ...names) => names.map(name => Number(element.getAttribute(name)));
    const lines = [...svg.querySelectorAll('.grid, .axis')].map(line => of(line, 'y1')[0]);
    const texts = [...svg.querySelectorAll('text')].map(text => ({
      number: Number(text.textContent.trim().replace('−', '-')),
      x: of(text, 'x')[0],
    }));
    return {
      ticks: lines.map((y, i) => ({ y, d: texts[i].number })),
      doses: texts.slice(lines.length, -1),
      apart: [...svg.querySelectorAll('.apart')].map(area => of(area, 'x', 'width')),
      edges: [...svg.querySelectorAll('.edge')].map(line => of(line, 'x1')[0]),
      bands: [...svg.querySelectorAll('.band')].map(band => of(band, 'x', 'width', 'y', 'height')),
    };
  });
  // Texts hold together down to a dose of -0.2 and up to 0.4; what was asked beyond that lies behind a line.
  const [[from, width]] = drawn.apart;
  assert.deepEqual(drawn.edges, [from + width]);
  const [first, last] = [drawn.ticks[0], drawn.ticks.at(-1)];
  const d = y => first.d + ((y - first.y) * (last.d - first.d)) / (last.y - first.y);
  assert.equal(drawn.bands.length, expected.length);
  const bands = drawn.bands.toSorted((a, b) => a[0] - b[0]);
  for (const [i, [x, width, y, height]] of bands.entries()) {
    const { dose, low, high } = expected[i];
    const column = drawn.doses.find(({ number }) => Math.abs(number - dose) < 1e-6);
    assert.ok(Math.abs(column.x - (x + width / 2)) < 0.01, `the band of ${dose} stands above its dose`);
    assert.ok(Math.abs(d(y) - high) < 0.002, `the band of ${dose} ends at ${d(y)}, not ${high}`);
    assert.ok(
      Math.abs(d(y + height) - low) < 0.002,
      `the band of ${dose} begins at ${d(y + height)}, not ${low}`,
    );
  }
  check();
});
