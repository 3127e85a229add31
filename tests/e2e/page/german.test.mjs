// What the page says in another language of what the library says in English, and that the language can change at any time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { model, open, send, setUp } from '../with-double.mjs';

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
