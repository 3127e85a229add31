// The page's studies of a push, with a double in the place of the wasm module.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { loaded } from '../steer-support.mjs';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

describe('the study of an effect', () => {
  const study = page => page.locator('ts-effect-step');

  async function saved(page) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the study' }).click(),
    ]);
    const record = JSON.parse(await readFile(await download.path(), 'utf8'));
    return { name: download.suggestedFilename(), record };
  }

  test('is held against chance, drawn, tabulated and saved', async () => {
    const { page, check } = await loaded({});
    await page.getByRole('button', { name: 'Ask under every dose' }).click();
    await study(page).locator('[data-study=done]').waitFor();
    // From -0.4 to 0.4 the double moves by 2 a unit.
    await study(page)
      .getByText(/moved towards agreeableness by 1\.60 nats a token .* more than any of 20 directions/)
      .waitFor();
    assert.equal(await study(page).locator('ts-dose-chart circle.point').count(), 9);
    assert.equal(await study(page).locator('ts-dose-chart circle.chance').count(), 40);
    // Below -0.2 texts fall apart.
    assert.equal(await study(page).locator('ts-dose-chart rect.apart').count(), 1);
    await study(page).getByText('Shaded: doses at which texts of this model fall apart').waitFor();
    const { name, record } = await saved(page);
    assert.match(name, /^traitscope-effect-agreeableness-.*\.json$/);
    assert.equal(record.format, 'traitscope-effect');
    // Every other item: five of the bundled ten, three of six.
    assert.equal(record.items.ids.length, 8);
    assert.equal(record.result.observations.length, 1 + 8 + 40);
    check();
  });

  test('in full stands beside the same asked for in words, and tells what else lies along the direction', async () => {
    const { page, check } = await loaded({});
    await study(page).getByRole('radio', { name: /^Full/ }).check();
    await page.getByRole('button', { name: 'Ask under every dose' }).click();
    await study(page).locator('[data-study=done]').waitFor();
    const table = study(page).getByRole('group', { name: 'Pushed, asked in words, and both' });
    // Nothing, a push of 0.4 by 2 a unit either way, a shift of 0.3 by words, and both.
    const shown = (await table.locator('tbody tr').allInnerTexts()).map(row =>
      row.match(/[+−]\d\.\d\d(?= \()/g),
    );
    assert.deepEqual(shown, [
      ['−0.80', '+0.80'],
      ['+0.30', '−0.50', '+1.10'],
      ['−0.30', '−1.10', '+0.50'],
    ]);
    const effects = study(page).getByRole('group', { name: 'Effects on each trait' });
    assert.match(await effects.locator('tr', { hasText: 'Agreeableness' }).innerText(), /\+1\.00$/);
    check();
  });

  test('in full asks about all traits, and a stop keeps what is done', async () => {
    const { page, check } = await loaded({ step: 150 });
    await study(page).getByRole('radio', { name: /^Full/ }).check();
    await page.getByRole('button', { name: 'Ask under every dose' }).click();
    await study(page)
      .getByText(/ of .* answers/)
      .waitFor();
    await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
    await study(page).locator('[data-study=done]').waitFor();
    await study(page).getByText('The study ended early').waitFor();
    check();
  });

  test('chooses the layer on items that have no part in what is reported', async () => {
    const { page, check } = await loaded({});
    await study(page)
      .getByRole('checkbox', { name: /^Choose the layer first/ })
      .check();
    await page.getByRole('button', { name: 'Ask under every dose' }).click();
    await study(page).locator('[data-study=done]').waitFor();
    // Of the layers that are tried the double has two; a push at 18 moves its items by 3 a unit.
    await study(page)
      .getByText(/Layer 18 was chosen on 8 other items \(18: \+2\.40, 20: \+1\.60\)/)
      .waitFor();
    await study(page)
      .getByText(/moved towards agreeableness by 2\.40/)
      .waitFor();
    const { record } = await saved(page);
    assert.equal(record.layer, 18);
    const chosenOn = new Set(record.chosen.items.ids);
    assert.deepEqual([chosenOn.size, record.items.ids.filter(id => chosenOn.has(id))], [8, []]);
    check();
  });

  test('of every direction is a matrix of what each moves, beside how far they are the same', async () => {
    const { page, check } = await loaded({}, '?dials=humour:0.1');
    await study(page)
      .getByRole('radio', { name: /^Every direction/ })
      .check();
    await page.getByRole('button', { name: 'Push along every direction' }).click();
    await study(page).locator('[data-study=done]').waitFor();
    const matrix = study(page).getByRole('group', { name: 'Every direction on every trait' });
    const rows = await matrix.locator('tbody tr').allInnerTexts();
    // Those that the items ask about, and that of the dial.
    assert.equal(rows.length, 3);
    const [agreeableness, humour] = rows.map(row => row.match(/[+−]\d\.\d\d/g).map(text => text));
    // By 2 a unit of its own trait, by 0.2 of all others; no item asks about humour.
    assert.deepEqual([...agreeableness].sort().slice(-2), ['+0.16', '+1.60']);
    assert.deepEqual([...new Set(humour)], ['+0.16']);
    assert.equal(await matrix.locator('td.own').count(), 2);
    await study(page)
      .getByText(/Of 2 directions .* 2 moved .* all of these moved their own trait most/)
      .waitFor();
    await study(page).getByText('How far the directions are the same').click();
    const cosines = study(page).getByRole('group', { name: 'Cosines of the directions' });
    assert.equal(await cosines.locator('tbody td').count(), 9);
    const { name, record } = await saved(page);
    assert.match(name, /^traitscope-specificity-all-/);
    assert.deepEqual(
      record.directions.map(({ trait }) => trait),
      ['agreeableness', 'humour', 'openness'],
    );
    assert.deepEqual(Object.keys(record).includes('layer'), false);
    assert.equal(record.result.observations.length, 1 + 2 * 3);
    check();
  });

  test('of texts tells up to which push they hold together, and the dial minds it', async () => {
    const { page, check } = await loaded({}, '?dials=optimism:0.4');
    const warning = page.locator('ts-steer-step').getByText(/Texts of this model hold together under/);
    assert.equal(await warning.count(), 0);
    await study(page)
      .getByRole('radio', { name: /^How far/ })
      .check();
    await page.getByRole('button', { name: 'Write under every dose' }).click();
    await study(page).locator('[data-study=done]').waitFor();
    await study(page).getByText('Along optimism, texts hold together from −0.20 to +0.30: what').waitFor();
    await warning.waitFor();
    const table = study(page).getByRole('group', { name: 'How texts hold together' });
    const verdicts = await table.locator('tbody tr td:last-child').allInnerTexts();
    assert.deepEqual(verdicts, ['no', 'no', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'no']);
    await study(page).getByText('The texts', { exact: true }).click();
    await study(page).getByRole('combobox', { name: 'Dose' }).selectOption('0.4');
    assert.equal(await study(page).getByText('text under 0.4').count(), 8);
    const { record } = await saved(page);
    assert.equal(record.format, 'traitscope-coherence');
    assert.deepEqual(record.result.usable, [-0.2, 0.3]);
    check();
  });

  test('of texts keeps the doses that were finished when it is stopped', async () => {
    const { page, check } = await loaded({ step: 60 }, '?dials=optimism:0.4');
    await study(page)
      .getByRole('radio', { name: /^How far/ })
      .check();
    await page.getByRole('button', { name: 'Write under every dose' }).click();
    await study(page)
      .getByText(/1\d of 72 texts/)
      .waitFor();
    await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
    await study(page).locator('[data-study=done]').waitFor();
    await study(page).getByText('The study ended early').waitFor();
    const { record } = await saved(page);
    assert.ok(record.result.cancelled && record.result.doses.length < 9);
    // What was not tried to the end is no knowledge of what is usable.
    assert.equal(
      await page
        .locator('ts-steer-step')
        .getByText(/Texts of this model hold together under/)
        .count(),
      0,
    );
    check();
  });

  test('goes on on the CPU after a lost GPU', async () => {
    const { page, check } = await loaded({ gpu: true, loseDeviceAfter: 1 });
    await page.getByRole('button', { name: 'Ask under every dose' }).click();
    await study(page).locator('[data-study=done]').waitFor();
    await study(page)
      .getByText(/moved towards agreeableness by 1\.60/)
      .waitFor();
    await page.getByText('The study goes on on the CPU').first().waitFor();
    check();
  });

  test('says what it lacks where the items cannot be fetched', async () => {
    const routes = {
      ...send(model({})),
      'items/steering.json': (_, response) => response.writeHead(404).end(),
    };
    const { page, check } = await open(routes);
    await steps.load(page);
    await page.getByRole('button', { name: 'Ask under every dose' }).click();
    await study(page).locator('[data-study=failed]').waitFor();
    await study(page)
      .getByText(/could not be fetched.*network\.failed/)
      .waitFor();
    check();
  });
});
