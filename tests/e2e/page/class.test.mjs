// The same test on several machines: files without texts, and what they come to together.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { pictureFile } from '../pictures.mjs';
import { bothStandAlone } from '../saved-charts.mjs';
import { steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

const SYSTEM = 'You are a secret pirate.';

test('files for the class hold no text of the user, and together show how scores lie over the machines', async () => {
  const query = `?device=cpu&per_trait=2&system=${encodeURIComponent(SYSTEM)}`;
  const { page, check } = await open(send(model()), { query });
  await steps.load(page);
  await steps.run(page);
  const whole = await steps.saveJson(page);
  const text = await steps.save(page, 'Save for the class (numbers only)');
  assert.ok(!text.includes('pirate'));
  const file = JSON.parse(text);
  assert.equal(whole.request.system, SYSTEM);
  assert.match(file.request.system, /^\[not told, [0-9a-f]{8}\]$/);
  assert.deepEqual(file.observations, whole.observations);

  // Another machine: its answers to one item are the other way round.
  const other = structuredClone(file);
  for (const row of other.observations.filter(({ item }) => item === 'openness-1')) {
    row.options = row.options.map((option, i, all) => ({ ...all[(i + 2) % 4], key: option.key }));
    row.p_high = 1 - row.p_high;
    row.d = -row.d;
    if (row.win !== null) row.win = !row.win;
  }
  await steps.dropAll(page, { 'a.json': text, 'b.json': text, 'c.json': JSON.stringify(other) });
  const found = page.locator('[data-class="3"]');
  await found.getByText('The class: the same test on 3 machines').waitFor();
  await found.getByText('All of them on the CPU.').waitFor();
  await found.getByText('The same as a table').click();
  const row = found.locator('tbody tr', { hasText: 'Openness' });
  const [trait, machines, , lowest, highest] = await row.locator('th, td').allInnerTexts();
  assert.deepEqual([trait, machines], ['Openness', '3']);
  assert.notEqual(lowest, highest);
  const { picture } = await bothStandAlone(page, 'Scores over the machines, Continuation', /date not known/);
  assert.match(picture.desc, /Openness \d+\.\d/);
  const same = await found.locator('tbody tr', { hasText: 'Extraversion' }).locator('td').allInnerTexts();
  assert.equal(same[2], same[3]);
  check();
});

test('thirty machines that are alike are thirty points on the page and in its pictures, and thirty rows', async () => {
  const { page, check } = await open(send(model()), { query: '?device=cpu&per_trait=2' });
  await steps.load(page);
  await steps.run(page);
  const text = await steps.save(page, 'Save for the class (numbers only)');
  const names = Array.from({ length: 30 }, (_, i) => `machine-${i + 1}.json`);
  await steps.dropAll(page, Object.fromEntries(names.map(name => [name, text])));
  // The files' and the page's own.
  const machines = names.length + 1;
  const found = page.locator(`[data-class="${machines}"]`);
  await found.waitFor({ timeout: 120_000 });
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const rows = await found.locator('.grid svg').evaluateAll(all =>
      all.map(row => {
        const boxes = [...row.querySelectorAll('circle')].map(circle => circle.getBoundingClientRect());
        const middles = boxes.map(({ x, y, width }) => [x + width / 2, y + width / 2, width]);
        const apart = middles.flatMap(([x, y, size], i) =>
          middles.slice(0, i).map(([left, top]) => Math.hypot(x - left, y - top) / size),
        );
        const { top } = row.getBoundingClientRect();
        const above = boxes.filter(box => box.top < top).length;
        return { points: boxes.length, size: boxes[0].width, nearest: Math.min(...apart), above };
      }),
    );
    assert.equal(rows.length, 8);
    for (const { points, size, nearest, above } of rows) {
      assert.equal(points, machines);
      assert.ok(nearest > 1, `two points lie over each other: ${nearest} of their size apart`);
      assert.ok(size >= 2, `a point is ${size} px wide`);
      assert.equal(above, 0, 'no point leaves its row');
    }
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
    await found.screenshot({ path: pictureFile('chromium', 'class', width) });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await found.getByText('Every machine as a table').click();
  const rows = found.locator('tr[data-machine]');
  assert.equal(await rows.count(), machines);
  const [number, name, device, ...scores] = await rows.last().locator('th, td').allInnerTexts();
  assert.deepEqual([number, name, device.slice(0, 3)], [String(machines), 'Double 135M', 'CPU']);
  assert.equal(scores.length, 8);
  for (const score of scores) assert.match(score, /^\d+\.\d$/);
  const save = async kind => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      found.getByRole('button', { name: `Save as ${kind}: Scores over the machines` }).click(),
    ]);
    return readFile(await download.path());
  };
  const picture = (await save('SVG')).toString('utf8');
  assert.equal(picture.match(/<circle /g).length, 8 * machines + 1);
  assert.match(picture, /Double 135M/);
  const image = await save('PNG');
  assert.deepEqual([...image.subarray(1, 4)], [...Buffer.from('PNG')]);
  assert.ok(image.length > 10_000);
  check();
});

test('without a model, files that are dropped onto Results alone show the class', async () => {
  const { page: first } = await open(send(model()), { query: '?device=cpu&per_trait=2' });
  await steps.load(first);
  await steps.run(first);
  const text = await steps.save(first, 'Save for the class (numbers only)');
  const page = await now.browser.context.newPage();
  await page.goto(`${now.server.url}#results`);
  await page.locator('[data-place=results]:visible ts-file-drop').first().waitFor();
  await steps.dropAll(page, { 'a.json': text, 'b.json': text, 'c.json': text });
  await page.getByText('The class: the same test on 3 machines').waitFor();
  assert.equal(await page.locator('[data-class="3"]:visible').count(), 1);
  assert.equal(await page.locator('[data-self-test]').count(), 0);
});

test('a model of one’s own is named neither in the file for the class nor by its name', async () => {
  const { page } = await open(send(model()), { query: '?device=cpu&per_trait=1' });
  await steps.give(page, 'Or open a model file of your own', {
    name: 'berlin-secret.gguf',
    mimeType: '',
    // Other bytes than those of the catalogue's model.
    buffer: Buffer.from('GGUF{"step":2}'),
  });
  await steps.ready(page);
  await steps.run(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save for the class (numbers only)' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^traitscope-class-model-[\d-]+\.json$/);
  assert.ok(!(await readFile(await download.path(), 'utf8')).includes('berlin'));
});
