// Links for a class: what they carry, what they hide, and what becomes of those that do not fit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STUDY } from '../study-support.mjs';
import { steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

const go = (page, name) => page.getByRole('navigation').getByRole('link', { name }).click();

test('a link made here gives the same set-up there, without what it hides, in large type', async () => {
  const query = '?device=cpu&per_trait=2&seed=7&dials=humour:0.1&study=quick';
  const { page } = await open(send(model()), { place: '#about', query });
  await page.getByRole('heading', { name: 'For a class' }).waitFor();
  for (const part of ['the choice of the device', 'the options of the test', 'files of one’s own', 'Steer']) {
    await page.getByRole('checkbox', { name: part, exact: true }).check();
  }
  await page.getByLabel('Large type, for a screen that many look at').check();
  const link = await page.getByLabel('Link', { exact: true }).inputValue();
  assert.match(link, /^http:\/\/localhost:\d+\/some\/where\/\?/);

  const size = () =>
    page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
  const before = await size();
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('button', { name: 'Only load it' }).waitFor();
  assert.ok((await size()) >= before * 1.4, 'the type is larger');
  assert.equal(await page.getByText('was not used').count(), 0);
  assert.equal(await page.getByText('Run on', { exact: true }).count(), 0);
  assert.equal(await page.getByText('Or open a model file of your own').count(), 0);
  const places = await page.getByRole('navigation').getByRole('link').allInnerTexts();
  assert.deepEqual(
    places.map(name => name.trim()),
    ['Model', 'Test', 'Monitor', 'Results', 'About'],
  );
  await steps.load(page);
  await go(page, 'Test');
  assert.equal(await page.getByText('Options', { exact: true }).count(), 0);
  assert.equal(await page.locator('ts-settings-step select').inputValue(), 'quick');
  await steps.run(page);
  const run = await steps.saveJson(page);
  assert.equal(run.request.seed, 7);
  assert.equal(run.items.ids.length, 16);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(width <= 0, `${width} px too wide`);
});

test('dials, their limit, the question and what else is set come with a link', async () => {
  const question = 'Was soll ich heute tun?';
  const query = `?device=cpu&dials=humour:-0.15,agreeableness:0.05&cap=0.25&question=${encodeURIComponent(question)}&seed=11`;
  const { page } = await open(send(model()), { place: '#about', query });
  const link = await page.getByLabel('Link', { exact: true }).inputValue();
  await page.goto('about:blank');
  await page.goto(`${link}#steer`);
  await go(page, 'Model');
  await steps.load(page);
  await go(page, 'Steer');
  assert.equal(await page.locator('ts-steer-step textarea').first().inputValue(), question);
  const dials = page.locator('ts-dial input[type=range]');
  assert.deepEqual(await dials.evaluateAll(all => all.map(({ value, min, max }) => [value, min, max])), [
    ['-0.15', '-0.25', '0.25'],
    ['0.05', '-0.25', '0.25'],
  ]);
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered][data-done=length]').waitFor();
});

test('what studies are about comes with a link too, from how many settings to the meter', async () => {
  const { page } = await open(send(model()), { query: '?device=cpu' });
  await steps.load(page);
  const effect = page.locator('ts-effect-step');
  const monitor = page.locator('ts-monitor-step');
  await effect.getByRole('radio', { name: /^Full/ }).check();
  await effect.locator('select').selectOption('openness');
  await effect.getByRole('checkbox').check();
  await monitor.getByRole('radio', { name: /^Full/ }).check();
  await monitor.locator('select').first().selectOption('openness');
  await page.locator('ts-settings-step select').selectOption('settings-grid');
  const asked = page.locator('ts-settings-step input[type=number]');
  await asked.fill('7');
  await asked.press('Enter');
  const link = await page.getByLabel('Link', { exact: true }).inputValue();
  await page.goto('about:blank');
  await page.goto(link);
  await steps.load(page);
  assert.equal(await effect.getByRole('radio', { name: /^Full/ }).isChecked(), true);
  assert.equal(await effect.locator('select').inputValue(), 'openness');
  assert.equal(await effect.getByRole('checkbox').isChecked(), true);
  assert.equal(await monitor.getByRole('radio', { name: /^Full/ }).isChecked(), true);
  assert.equal(await monitor.locator('select').first().inputValue(), 'openness');
  assert.equal(await page.locator('ts-settings-step select').inputValue(), 'settings-grid');
  assert.equal(await asked.inputValue(), '7');
});

test('a link of a later version, or one that hides what there is not, is used as far as it fits, and says so', async () => {
  const { page } = await open(send(model()), { place: '', query: '?v=2&hide=everything&study=none&seed=3' });
  const notice = page.locator('ts-notice', { hasText: 'was not used' });
  await notice.waitFor();
  const text = await notice.textContent();
  assert.match(text, /“2” is not allowed for “v”: it takes 1/);
  assert.match(text, /“everything” is not allowed for “hide”/);
  assert.match(text, /“none” is not allowed for “study”/);
  await page.getByRole('navigation').getByRole('link', { name: 'Steer' }).waitFor();
});

test('a link that hides files of one’s own takes none, wherever they are dropped, and says so; results are taken', async () => {
  const query = '?device=cpu&workers=1&per_trait=1&readouts=continuation&gate=8';
  const { page } = await open(send(model()), { query });
  await steps.load(page);
  await steps.run(page);
  const report = JSON.stringify(await steps.saveJson(page));
  await page.goto('about:blank');
  await page.goto(`${now.server.url}${query}&hide=own&view=all`);
  await steps.load(page);
  assert.equal(
    await page.locator('ts-file-drop', { hasText: /items of your own|study of your own|texts/ }).count(),
    0,
  );
  assert.equal(await page.locator('ts-own-direction, ts-data-set').count(), 0);
  const notice = page.locator('ts-notice', { hasText: 'file.hidden' });
  const files = { 'own.gguf': 'GGUF{}', 'items.json': '[]', 'study.json': JSON.stringify(STUDY) };
  for (const [name, text] of Object.entries(files)) {
    await steps.drop(page, name, text);
    await notice.getByText(`“${name}” was not opened`).waitFor();
  }
  assert.equal(await page.locator('[data-self-test]').count(), 1);
  assert.equal(await page.getByText('Six ways').count(), 0);
  await steps.drop(page, 'saved.json', report);
  await page.locator('[data-report="1"]').waitFor();
  assert.equal(await notice.count(), 0);
});

test('a link hides the studies and the meter, and is copied with a press', async () => {
  const { page } = await open(send(model()), { place: '#about', query: '?device=cpu' });
  await now.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('checkbox', { name: 'studies of many settings' }).check();
  await page.getByRole('checkbox', { name: 'Monitor', exact: true }).check();
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await page.getByText('Copied.').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, await page.getByLabel('Link', { exact: true }).inputValue());
  await page.getByLabel('Large type on this screen').check();
  await page.locator('html[data-show=large]').waitFor({ state: 'attached' });
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('button', { name: 'Only load it' }).waitFor();
  const places = await page.getByRole('navigation').getByRole('link').allInnerTexts();
  assert.deepEqual(
    places.map(name => name.trim()),
    ['Model', 'Test', 'Steer', 'Results', 'About'],
  );
  await steps.load(page);
  assert.equal(await page.locator('ts-monitor-step, ts-settings-step').count(), 0);
});

test('an address of a place that is hidden shows the model', async () => {
  const { page } = await open(send(model()), { place: '#steer', query: '?hide=steer' });
  await page.getByRole('button', { name: 'Only load it' }).waitFor();
  assert.equal(await page.locator('[data-place=steer]').count(), 0);
});
