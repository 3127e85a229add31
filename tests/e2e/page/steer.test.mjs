// The page's steering, with a double in the place of the wasm module.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import {
  EARLY_RISING,
  fillDirection,
  loaded,
  makeButton,
  makeDirection,
  written,
} from '../steer-support.mjs';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const text = (page, side) => page.locator(`[data-text=${side}] .text`).innerText();

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
    const make = makeButton(page);
    const [one, two] = EARLY_RISING.high;
    await fillDirection(page, { ...EARLY_RISING, high: [one, two] });
    assert.ok(await make.isDisabled(), 'two texts are too few');
    await fillDirection(page, { ...EARLY_RISING, high: [one, two, EARLY_RISING.low.at(-1)] });
    await make.click();
    await page.getByText(/stands on both sides.*contrast\.invalid/).waitFor();
    await makeDirection(page);
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
    await makeDirection(page);
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
