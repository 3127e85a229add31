// The page's steering and its study of an effect, with a double in the place of the wasm module.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

/** Opens the page with the double's model loaded. */
async function loaded(plan, query = '') {
  const watched = await open(send(model(plan)), { query });
  await steps.load(watched.page);
  await watched.page.getByRole('button', { name: 'Write both answers' }).waitFor();
  return watched;
}

const text = (page, side) => page.locator(`[data-text=${side}] .text`).innerText();
const written = page => page.locator('[data-text=steered][data-done=length]').waitFor();

/** Moves a slider with the keyboard. */
async function turn(page, trait, key, times) {
  const slider = page.getByRole('slider', { name: `${trait}: dose` });
  await slider.focus();
  for (let i = 0; i < times; i += 1) await slider.press(key);
}

describe('steering', () => {
  test('two answers to one question, and a turned dial is answered at once', async () => {
    const { page, check } = await loaded({});
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await written(page);
    assert.match(await text(page, 'unsteered'), /^ ?plain plain/);
    assert.match(await text(page, 'steered'), /^ ?kind kind/);
    // What is known of the direction stands by its dial.
    await page.getByText(/Known of agreeableness: its push moves the answers its way/).waitFor();
    // The push of 0.2 times 10 in deviations of 1 is taken out: both answers read alike.
    const means = await page.locator('ts-trace-chart .key').innerText();
    const [, a, b] = /unsteered: (\S+) on average\s+steered: (\S+) on average/.exec(means) ?? [];
    assert.equal(a, b, means);
    await turn(page, 'Agreeableness', 'ArrowLeft', 6);
    await page.locator('[data-text=steered] .text', { hasText: 'cross cross' }).waitFor();
    await written(page);
    assert.match(page.url(), /dials=agreeableness%3A-0\.1/);
    const apart = page.getByText('Texts of this model hold together under agreeableness from −0.2 to +0.4');
    assert.equal(await apart.count(), 0);
    await turn(page, 'Agreeableness', 'ArrowLeft', 3);
    await apart.waitFor();
    await written(page);
    check();
  });

  test('a token tells its number to the keyboard, and the layers are shown with a table', async () => {
    const { page, check } = await loaded({});
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await written(page);
    const answer = page.getByRole('group', { name: /^Answer: As it is/ });
    await answer.focus();
    await answer.press('ArrowRight');
    await answer.press('ArrowRight');
    assert.match(
      await page.locator('[data-text=unsteered] #reading').innerText(),
      /“plain”, token 2 of 80: \+0\.3 standard deviations/,
    );
    await page.getByText('The readings as a table').click();
    assert.equal(await page.locator('ts-steer-step tbody tr').count(), 80);
    await page.getByText('Every layer at once').click();
    await page.getByRole('button', { name: 'Read the steered answer' }).click();
    await page.getByText('Layer by layer as a table').click();
    const layers = page.locator('ts-layer-map tbody th');
    assert.deepEqual(await layers.allInnerTexts(), ['3', '18', '20', '21']);
    check();
  });

  test('both answers are saved with all that it takes to write them again, and their readings as a table', async () => {
    const { page, check } = await loaded({}, '?seed=7&dials=agreeableness:0.2,humour:-0.1');
    const save = async name => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name }).click(),
      ]);
      return [download.suggestedFilename(), await readFile(await download.path(), 'utf8')];
    };
    assert.equal(await page.getByRole('button', { name: 'Save both answers' }).count(), 0);
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await written(page);
    const [name, json] = await save('Save both answers (JSON)');
    assert.match(name, /^traitscope-texts-agreeableness-humour-\d{4}-.*\.json$/);
    const record = JSON.parse(json);
    assert.equal(record.format, 'traitscope-texts');
    assert.equal(record.model.name, 'Double 135M');
    assert.match(record.question, /^A friend cancels our plans/);
    assert.deepEqual([record.seed, record.max_tokens, record.orthogonal], [7, 80, false]);
    assert.deepEqual(record.dials, [
      { trait: 'agreeableness', dose: 0.2, layer: 20 },
      { trait: 'humour', dose: -0.1, layer: 3 },
    ]);
    const shown = async side => (await text(page, side)).replaceAll(/\s+/g, ' ').trim();
    for (const side of ['unsteered', 'steered']) {
      assert.equal(record[side].text.replaceAll(/\s+/g, ' ').trim(), await shown(side));
      assert.equal(record[side].stop, 'length');
      assert.equal(record[side].tokens.map(token => token.text).join(''), record[side].text);
    }
    const read = record.steered.tokens.filter(({ z }) => z.length > 0);
    assert.ok(read.length > 0 && read.every(({ z }) => z.length === 2 && z.every(Number.isFinite)));

    const [table, csv] = await save('Save their readings as a table (CSV)');
    assert.match(table, /^traitscope-texts-agreeableness-humour-.*\.csv$/);
    const [head, ...rows] = csv.trim().split('\r\n');
    assert.equal(head, 'model,model_sha256,answer,token,text,trait,layer,dose,z');
    assert.equal(rows.length, 2 * (record.unsteered.tokens.length + record.steered.tokens.length));
    const [first] = record.steered.tokens;
    const { sha256 } = record.model;
    const expected = `Double 135M,${sha256},steered,1,${first.text},humour,3,-0.1,${first.z[1] ?? ''}`;
    assert.ok(rows.includes(expected), expected);
    assert.ok(rows.some(row => /,unsteered,1,.*,agreeableness,20,0,/.test(row)));
    check();
  });

  test('a dose that may bring out threats is told of before, and a link can cap the dials', async () => {
    const { page, check } = await loaded({}, '?cap=0.2&dials=malice:0.4,humour:0.1');
    const malice = page.getByRole('slider', { name: 'Malice: dose' });
    assert.equal(await malice.getAttribute('max'), '0.2');
    assert.equal(await malice.inputValue(), '0.2');
    await page.getByText(/may write insults or threats/).waitFor();
    await turn(page, 'Malice', 'ArrowLeft', 2);
    await page.getByText(/may write insults or threats/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add a trait' }).click();
    assert.equal(await page.getByRole('slider').count(), 3);
    await page.getByRole('button', { name: 'Remove Humour' }).click();
    assert.equal(await page.getByRole('slider').count(), 2);
    check();
  });

  test('how far the dials go is chosen, in the address too, and doses beyond it are turned back and answered', async () => {
    const { page, check } = await loaded({ step: 5 }, '?dials=humour:0.35');
    const humour = page.getByRole('slider', { name: 'Humour: dose' });
    const widest = page.getByLabel('How far the dials go');
    assert.deepEqual(await widest.locator('option').allInnerTexts(), ['±0.1', '±0.2', '±0.3', '±0.4']);
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await written(page);
    await page.getByRole('heading', { name: 'Humour +0.35' }).waitFor();
    await widest.selectOption('0.2');
    await page.waitForURL(/cap=0\.2/);
    assert.deepEqual([await humour.getAttribute('max'), await humour.inputValue()], ['0.2', '0.2']);
    await page.getByRole('heading', { name: 'Humour +0.20' }).waitFor();
    await written(page);
    // What was turned back comes back with the width.
    await widest.selectOption('0.4');
    await page.getByRole('heading', { name: 'Humour +0.35' }).waitFor();
    await written(page);
    await widest.selectOption('0.1');
    await page.getByRole('heading', { name: 'Humour +0.10' }).waitFor();
    await written(page);
    await page.getByRole('button', { name: 'Ask under every dose' }).click();
    await page.locator('[data-study=done]').waitFor();
    const record = JSON.parse(await steps.save(page, 'Save the study'));
    assert.deepEqual([record.doses[0], record.doses.at(-1)], [-0.1, 0.1]);
    check();
  });

  test('a width that a link chose is among those that are offered; where it leaves options out it stays', async () => {
    const { page } = await loaded({}, '?cap=0.25');
    const widest = page.getByLabel('How far the dials go');
    assert.equal(await widest.inputValue(), '0.25');
    await page.goto(`${page.url()}&hide=options`);
    await steps.load(page);
    await page.getByRole('slider').waitFor();
    assert.equal(await widest.count(), 0);
  });

  test('writing can be stopped, and what is written stays', async () => {
    const { page, check } = await loaded({ step: 60 });
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await page.locator('[data-text=unsteered] .text', { hasText: 'plain plain' }).waitFor();
    await page.locator('ts-steer-step').getByRole('button', { name: 'Stop' }).click();
    await page.locator('[data-text=unsteered][data-done=cancelled]').waitFor();
    assert.match(await text(page, 'unsteered'), /plain/);
    await page.getByRole('button', { name: 'Write both answers' }).waitFor();
    check();
  });

  test('a direction is made of texts of one’s own, saved and opened again', async () => {
    const { page, check } = await loaded({});
    await page.getByText('Directions of your own').click();
    const make = page.getByRole('button', { name: 'Make the direction' });
    await page.getByLabel('Name of the trait').fill('Early rising');
    await page.getByLabel('Texts that show it').fill('I am up at five.\nI greet the sun.');
    await page
      .getByLabel('Texts that show the opposite')
      .fill('I am up at noon.\nI greet the moon.\nI yawn.');
    assert.ok(await make.isDisabled(), 'two texts are too few');
    await page.getByLabel('Texts that show it').fill('I am up at five.\nI greet the sun.\nI yawn.');
    await make.click();
    await page.getByText(/stands on both sides.*contrast\.invalid/).waitFor();
    await page.getByLabel('Texts that show it').fill('I am up at five.\nI greet the sun.\nI stretch.');
    await make.click();
    await page.locator('[data-made=early-rising]').waitFor();
    await page.getByText('It tells 83 of 100 pairs of texts apart').waitFor();
    await page.getByRole('slider', { name: 'Early-rising: dose' }).waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Save all directions/ }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'directions.safetensors');
    const saved = await readFile(await download.path());
    assert.equal(JSON.parse(saved.toString()).length, 6);
    await page.getByRole('button', { name: 'Remove Early-rising' }).click();
    const name = 'own.safetensors';
    await steps.give(page, 'Or open a file of directions', { name, mimeType: '', buffer: saved });
    await page.getByRole('slider', { name: 'Agreeableness: dose' }).waitFor();
    const broken = Buffer.from('no directions');
    await steps.give(page, 'Or open a file of directions', { name, mimeType: '', buffer: broken });
    await page.getByText(/holds no directions.*direction\.file/).waitFor();
    check();
  });

  test('directions of one’s own wait while another model is loaded, which is said, can be saved then, and are back with their model', async () => {
    const { page, check } = await loaded({});
    await page.getByText('Directions of your own').click();
    await page.getByLabel('Name of the trait').fill('Early rising');
    await page.getByLabel('Texts that show it').fill('I am up at five.\nI greet the sun.\nI stretch.');
    await page
      .getByLabel('Texts that show the opposite')
      .fill('I am up at noon.\nI greet the moon.\nI yawn.');
    await page.getByRole('button', { name: 'Make the direction' }).click();
    const dial = page.getByRole('slider', { name: 'Early-rising: dose' });
    await dial.waitFor();
    assert.equal(await page.locator('[data-aside]').count(), 0);

    await steps.drop(page, 'other.gguf', 'GGUF{"step":1,"alone":true}');
    await page.locator('ts-model-step').getByText('other.gguf', { exact: true }).waitFor();
    await steps.ready(page);
    const waits = page.getByText(/Your own directions of Double 135M \(Early-rising\) are of no use/);
    await waits.waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save them (.safetensors): Double 135M' }).click(),
    ]);
    const saved = JSON.parse(await readFile(await download.path(), 'utf8'));
    assert.deepEqual(
      saved.map(({ trait }) => trait),
      ['early-rising'],
    );
    // With no model at all they wait too.
    await page.getByRole('button', { name: 'Change model' }).click();
    await waits.waitFor();
    await steps.load(page);
    await dial.waitFor();
    await page.locator('[data-aside]').waitFor({ state: 'detached' });
    // Those that came with the model are there as well, and the texts are known for a study's chance directions.
    await page.getByRole('button', { name: 'Add a trait' }).waitFor();
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await written(page);
    check();
  });

  test('a model without known directions says so', async () => {
    const double = model({});
    const [entry] = double.catalogue.models;
    const { directions: _, ...plain } = entry;
    const { page, check } = await open(
      send(double, { catalogued: { ...double.catalogue, models: [plain] } }),
    );
    await steps.load(page);
    const said = 'No directions of traits are known for this model file.';
    await page.locator('ts-steer-step').getByText(said).waitFor();
    check();
  });
});

describe('several dials', () => {
  test('tell how far their directions are the same, and push along what each has of its own', async () => {
    const { page, check } = await loaded({ step: 5 }, '?dials=agreeableness:0.2,malice:0.1');
    await page.getByText('Cosines of the directions: agreeableness and malice +1.00').waitFor();
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await written(page);
    const own = page.getByRole('checkbox', { name: 'Push along what each has beside those above it' });
    await own.check();
    await page.locator('[data-text=steered][data-done=""]').waitFor();
    await written(page);
    assert.match(page.url(), /orthogonal=/);
    await own.uncheck();
    await written(page);
    assert.doesNotMatch(page.url(), /orthogonal/);
    check();
  });
});

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
