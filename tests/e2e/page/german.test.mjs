// What the page says in another language of what the library says in English, and that the language can change at any time.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { go } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

test('an error is told in German with its code, and in the library’s own words below, until the page speaks English', async () => {
  const { page, check } = await open(send(model()), { place: '?lang=de&gate=99' });
  await page.getByText('„99“ ist für „gate“ nicht erlaubt.').waitFor();
  const wrong = { name: 'wrong.gguf', mimeType: '', buffer: Buffer.from('hello') };
  await page.locator('ts-file-drop[accept=".gguf"] input').setInputFiles(wrong);
  const notice = page.locator('ts-model-step ts-notice');
  await notice.getByText('Das ist keine Modelldatei im Format GGUF. Wähle eine .gguf-Datei.').waitFor();
  assert.equal(await notice.locator('code').textContent(), 'gguf.magic');
  assert.match(await notice.locator('[lang=en]').textContent(), /^Not a GGUF model file/);
  await page.getByLabel('Sprache').selectOption('en');
  await notice.getByText('Not a GGUF model file').waitFor();
  assert.equal(await notice.locator('[lang=en]').count(), 0);
  await page.getByText('“99” is not allowed for “gate”: it takes a whole number from 0 to 24.').waitFor();
  await page.getByRole('button', { name: 'Load the model and run the test' }).waitFor();
  check();
});

test('what is English in a German page says so, and languages are called by their German names', async () => {
  const { page, check } = await open(send(model()), {
    place: '?lang=de&view=all&device=cpu&inventory=ipip-neo-120.en',
  });
  await page.getByRole('button', { name: 'Nur laden' }).click();
  const languages = page.locator('ts-test-step select', { has: page.locator('option[value=fr]') });
  await languages.waitFor();
  assert.ok((await languages.locator('option').allInnerTexts()).includes('Französisch'));
  await page.getByText('Kurz', { exact: true }).first().click();
  await page.locator('ts-example summary').click();
  assert.equal(await page.locator('ts-example blockquote').getAttribute('lang'), 'en');
  assert.equal(await page.locator('ts-options pre').first().getAttribute('lang'), 'en');
  check();
});

/** A server that has lost a part of the German catalogue. */
async function without(part) {
  const lost = (await readdir(join(now.folder, 'assets'))).find(name => name.startsWith(`${part}-de-`));
  assert.ok(lost, `the build has no ${part}-de`);
  return { ...send(model()), [`assets/${lost}`]: (_, response) => response.writeHead(404).end() };
}

test('the page begins in German with its first words alone, and says the others in English where they cannot be fetched', async () => {
  const { page } = await open(await without('more-words'), { place: '?lang=de' });
  await page.getByRole('button', { name: 'Modell laden und Test durchführen' }).waitFor();
  await page.locator('ts-example-of').first().waitFor();
  await go(page, 'steer');
  await page.locator('ts-steer-step').getByRole('heading', { name: 'Steer' }).waitFor();
  assert.equal(await page.getByRole('navigation').getByText('Steuern').count(), 1);
});

test('where a language cannot be fetched at all, the page is there in English', async () => {
  const { page } = await open(await without('words'), { place: '?lang=de' });
  await page.getByRole('button', { name: 'Load the model and run the test' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
});
