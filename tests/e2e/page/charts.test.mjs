// Charts: what each says to those who do not see it, how it is told apart without colours, and as what it is saved.
// With the double.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bothStandAlone, saved } from '../saved-charts.mjs';
import { begun, ended, start, step } from '../study-support.mjs';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

/** A page with a finished test. */
async function tested(query, plan) {
  const watched = await open(send(model(plan)), { query });
  await steps.loadAndRun(watched.page);
  return watched;
}

describe('the charts of a test', () => {
  test('are saved as pictures that stand alone, in the colours of the page', async () => {
    const { page, check } = await tested('?per_trait=6&readouts=continuation&gate=8');
    const light = await bothStandAlone(page, 'Trait scores, continuation');
    const run = await steps.saveJson(page);
    for (const { trait, score } of run.summary.scores) {
      assert.ok(light.picture.texts.includes(trait), trait);
      assert.ok(light.picture.desc.includes(`${trait}: ${Math.round(score)} of 100`), trait);
    }
    assert.ok(light.picture.texts.includes('score with 95% interval'));
    assert.equal(light.picture.ground, '#fffefb');
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await bothStandAlone(page, 'Trait scores, continuation');
    assert.equal(dark.picture.ground, '#1c2026');
    assert.notEqual(dark.drawn.corner, light.drawn.corner);
    const radar = await bothStandAlone(page, 'Radar of the trait scores');
    assert.ok(radar.picture.texts.some(text => text.includes('The area of a radar means nothing')));
    const gate = await bothStandAlone(page, 'Factual questions');
    const [facts] = run.summary.gate;
    assert.ok(gate.picture.desc.includes(`${Math.round(100 * facts.rate)}% right`), gate.picture.desc);
    assert.ok(gate.picture.texts.includes('✓ works'));
    await page.getByText('The factual questions as a table').click();
    const cells = page.getByRole('group', { name: 'Factual questions answered right' }).locator('tbody tr');
    assert.deepEqual((await cells.first().locator('th, td').allInnerTexts()).slice(0, 3), [
      'Continuation',
      String(facts.right),
      String(facts.questions ?? facts.items),
    ]);
    check();
  });

  test('stand beside each other where there is room, and the radar is folded where there is not', async () => {
    const { page, check } = await tested('?per_trait=6&readouts=continuation&gate=8');
    const radar = page.locator('[data-offered] ts-score-radar');
    const bars = page.locator('[data-offered] ts-score-chart');
    const [left, right] = [await bars.boundingBox(), await radar.boundingBox()];
    assert.ok(right.x >= left.x + left.width, 'the radar is to the right of the bars');
    await page.setViewportSize({ width: 390, height: 800 });
    await page.getByText('The same as a radar').waitFor();
    assert.ok(await radar.isHidden());
    await page.getByText('The same as a radar').click();
    await radar.waitFor();
    const boxes = await radar.locator('svg text:not(.scale)').evaluateAll(texts =>
      texts.map(text => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        return { left, right, top, bottom, size: (bottom - top) / text.querySelectorAll('tspan').length };
      }),
    );
    assert.equal(boxes.length, 8);
    for (const [i, a] of boxes.entries()) {
      assert.ok(a.left >= 0 && a.right <= 390, `label ${i} from ${a.left} to ${a.right}`);
      assert.ok(a.size > 11, `label ${i} is ${a.size} high`);
      for (const b of boxes.slice(i + 1)) {
        const apart = a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
        assert.ok(apart, `label ${i} lies on another`);
      }
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `the page is ${width} wide`);
    check();
  });

  test('say what is highest and lowest, and show a second reading with another mark and dash', async () => {
    const { page, check } = await tested('?per_trait=6&gate=8', { lettersPass: true });
    const run = await steps.saveJson(page);
    const of = readout => run.summary.scores.filter(score => score.readout === readout);
    const radar = page.locator('[data-offered] ts-score-radar');
    const said = await radar.getByRole('img').getAttribute('aria-label');
    for (const [name, readout] of [
      ['Letters', 'letters'],
      ['Continuation', 'continuation'],
    ]) {
      const values = of(readout).map(({ score }) => Math.round(score));
      const [, high, low] =
        new RegExp(`${name}: highest \\D+ (\\d+), lowest \\D+ (\\d+)`).exec(said) ??
        assert.fail(`${name} in ${said}`);
      assert.deepEqual([Number(high), Number(low)], [Math.max(...values), Math.min(...values)]);
    }
    const letters = await bothStandAlone(page, 'Which letter it favoured');
    assert.match(letters.picture.desc, /Letters answered: A \d+%, B \d+%, C \d+%, D \d+%/);
    const bars = page.locator('[data-offered] ts-score-chart');
    assert.match(await bars.getByRole('list').getAttribute('aria-label'), /highest .* lowest /);
    const drawn = radar.locator('svg[role=img]');
    assert.equal(await drawn.locator('circle.first.point').count(), 8);
    assert.equal(await drawn.locator('rect.second.point').count(), 8);
    const dash = await drawn
      .locator('.edge')
      .evaluateAll(lines => lines.map(line => getComputedStyle(line).strokeDasharray));
    assert.deepEqual(dash.slice(0, 8), Array(8).fill('none'));
    assert.ok(dash.slice(8).every(value => value !== 'none') && dash.length === 16);
    check();
  });

  test('leave a gap where a score is missing', async () => {
    const { page, check } = await open(send(model()));
    const found = await page.evaluate(async () => {
      await customElements.whenDefined('ts-score-radar');
      const radar = document.createElement('ts-score-radar');
      radar.axes = ['One', 'Two', 'Three', 'Four'];
      const at = value => ({ value, interval: [value - 5, value + 5] });
      radar.shapes = [{ name: 'Letters', spokes: [at(0), at(60), null, at(40)] }];
      document.body.append(radar);
      await radar.updateComplete;
      const svg = radar.renderRoot.querySelector('svg[role=img]');
      const count = what => svg.querySelectorAll(what).length;
      return {
        said: svg.getAttribute('aria-label'),
        counts: ['.point', '.edge', '.whisker', '.area', 'text:not(.scale)'].map(count),
      };
    });
    assert.match(found.said, /highest Two 60, lowest One 0; none for Three/);
    assert.deepEqual(found.counts, [3, 2, 9, 0, 4]);
    check();
  });

  test('of an inventory have a radar too, on paper as well', async () => {
    const { page, check } = await tested(
      '?inventory=ipip-neo-120.en&per_trait=5&readouts=continuation&gate=8',
    );
    const { picture } = await bothStandAlone(page, 'Radar of the domains, continuation');
    assert.match(picture.desc, /people’s mean: highest/);
    await bothStandAlone(page, 'Scores of the domains, continuation');
    await page.emulateMedia({ media: 'print' });
    const paper = page.locator('ts-report.paper');
    await paper.locator('ts-score-radar').waitFor();
    assert.equal(await paper.getByRole('button').count(), 0);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.equal(pdf.toString('latin1').match(/\/Type \/Page\b/g).length, 1);
    check();
  });

  test('that cannot become a PNG say so, with a code, and what to do', async () => {
    const { page } = await tested('?per_trait=2&readouts=continuation&gate=8');
    await page.evaluate(() => {
      HTMLCanvasElement.prototype.toBlob = done => done(null);
    });
    await page.getByRole('button', { name: 'Save as PNG: Trait scores, continuation' }).click();
    const told = page.locator('ts-chart-actions ts-notice', { hasText: 'chart.picture' });
    await told.getByText('save it as SVG').waitFor();
    await saved(page, 'SVG', 'Trait scores, continuation');
    await told.waitFor({ state: 'detached' });
  });
});

describe('the charts of studies and of steering', () => {
  test('are saved, say what they show, and have all their figures in tables', async () => {
    const { page, check } = await open(send(model()));
    await steps.load(page);
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await page.locator('[data-text=steered][data-done=length]').waitFor();
    await page.getByText('Every layer at once').click();
    await page.getByRole('button', { name: 'Read the steered answer' }).click();
    const map = page.locator('ts-layer-map');
    await map.waitFor();
    assert.match(
      await map.getByRole('img').getAttribute('aria-label'),
      /over the answer most at layer \d+ \([+−].*least at layer/,
    );
    // Blue and orange are one grey: below neutral text there are strokes too.
    assert.equal(await map.locator('.key path.stroke').count(), 1);
    // Cells grow with large type, and are pointed at where they are then.
    const drawing = map.getByRole('img');
    const small = await drawing.boundingBox();
    await page.evaluate(() => {
      document.documentElement.dataset.show = 'large';
    });
    const large = await drawing.boundingBox();
    assert.ok(large.height > 1.3 * small.height, `${large.height} of ${small.height}`);
    const top = Number(await map.locator('tbody th').last().textContent());
    await drawing.hover({ position: { x: 3, y: 3 } });
    assert.match(await map.locator('.cell').textContent(), new RegExp(`layer ${top}\\b`));
    await page.evaluate(() => {
      document.documentElement.dataset.show = 'normal';
    });
    await bothStandAlone(page, 'Agreeableness along the tokens');
    const drawn = await bothStandAlone(page, 'Agreeableness at every layer');
    assert.match(drawn.text, /<path d="M/);

    await page.getByRole('button', { name: 'Ask under every dose' }).click();
    await page.locator('[data-study=done]').waitFor();
    const doses = await bothStandAlone(page, 'Doses of agreeableness');
    assert.match(
      doses.picture.desc,
      /from −0\.\d\d at a dose of −0\.4 to \+1\.\d\d at \+0\.4\. Directions of chance change it by/,
    );
    assert.ok(doses.picture.texts.includes('dose of agreeableness'));
    await page.getByText('Every direction of chance as a table').click();
    const rows = page.getByRole('group', { name: 'Every direction of chance' }).locator('tbody tr');
    const changes = (await rows.locator('td:last-child').allInnerTexts()).map(text => text.split(', '));
    assert.equal(changes.flat().length, await page.locator('ts-dose-chart circle.chance').count());

    await page.getByRole('button', { name: 'Read the meter and ask' }).click();
    await page.locator('[data-monitor=done]').waitFor();
    const meter = await bothStandAlone(page, 'Meter of agreeableness and answers');
    assert.match(meter.picture.desc, /asked to be high: meter [+−]/);
    check();
  });

  test('the map of all directions is saved with its colours and its numbers', async () => {
    const { page, check } = await open(send(model()), { query: '?dials=humour:0.1' });
    await steps.load(page);
    await page.getByRole('radio', { name: /^Every direction/ }).check();
    await page.getByRole('button', { name: 'Push along every direction' }).click();
    await page.locator('[data-study=done]').waitFor();
    const { picture, drawn } = await bothStandAlone(page, 'What each direction moves');
    assert.ok(drawn.colours > 5);
    assert.ok(picture.texts.includes('+1.60'));
    assert.match(picture.desc, /\d+ directions/);
    check();
  });

  test('the steps of a study are a picture and a table', async () => {
    const { page, check } = await begun();
    await start(page);
    await ended(page);
    const { picture } = await bothStandAlone(page, 'Scores along the steps');
    assert.match(
      picture.desc,
      /Median score of Extraversion from .* at the first step to .* at the last of \d/,
    );
    await step(page).getByText('Every step as a table').click();
    const rows = step(page).getByRole('group', { name: 'Every step' }).locator('tbody tr');
    assert.equal(await rows.count(), await step(page).locator('ts-ladder-chart circle').count());
    // A report on paper has no buttons.
    await page.emulateMedia({ media: 'print' });
    const paper = page.locator('ts-study-report.paper');
    await paper.locator('ts-ladder-chart').waitFor();
    assert.equal(await paper.getByRole('button').count(), 0);
    check();
  });

  test('the plane of a study and differences between tests are pictures and tables', async () => {
    const { page, check } = await open(send(model()));
    await page.evaluate(async () => {
      const factors = [{ name: 'way', levels: ['a', 'b', 'c', 'd'].map(name => ({ name })) }];
      const plane = {
        statement: true,
        readout: 'letters',
        scales: ['Openness', 'Extraversion'],
        settings: [0, 1, 2, 3],
        components: {
          explained: [0.7, 0.2],
          weights: [
            [0.9, 0.1],
            [0.1, 0.9],
          ],
          points: [
            [0, 1],
            [1, 0],
            [-1, 0],
            [3, 3],
          ],
        },
        apart: { reach: 0.5, least: 5, settings: [3] },
      };
      const changes = [
        ['Openness', 0.5],
        ['Extraversion', -0.25],
      ].map(([scale, value]) => ({
        scale,
        difference: { value, low: value - 0.1, high: value + 0.1 },
        paired: 20,
      }));
      const around = (label, name, values) => {
        const actions = Object.assign(document.createElement('ts-chart-actions'), {
          label,
          model: 'Double 135M',
          date: '2026-05-01T10:00:00Z',
        });
        actions.append(Object.assign(document.createElement(name), values));
        document.body.append(actions);
      };
      const study = { factors };
      around('Plane', 'ts-plane-chart', { plane, study, heading: 'Statements' });
      around('Differences', 'ts-difference-chart', { changes, unit: 'nats' });
      document.body.append(Object.assign(document.createElement('ts-plane-table'), { plane, study }));
    });
    const plane = await bothStandAlone(page, 'Plane');
    assert.match(plane.picture.desc, /1 of 4 settings lie apart.*mostly Openness \(70% of the variance\)/);
    // Those apart are rings, the others filled.
    const rings = page.locator('ts-plane-chart circle.apart');
    assert.equal(await rings.evaluate(ring => getComputedStyle(ring).fill), 'none');
    assert.equal(await page.locator('ts-plane-table tr').count(), 0);
    await page.getByText('Every setting as a table').click();
    const last = page.locator('ts-plane-table tbody tr').last();
    assert.match(await last.innerText(), /d\s+\+3\.00\s+\+3\.00\s+yes/);
    const { picture } = await bothStandAlone(page, 'Differences');
    assert.match(picture.desc, /Differences in nats: highest Openness \+0\.50, lowest Extraversion −0\.25/);
    check();
  });
});
