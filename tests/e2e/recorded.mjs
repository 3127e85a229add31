// What the page shows before there is a model: recorded examples, which say of which model, on what machine and since when.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './support.mjs';

const MARKS = { en: 'Recorded example', de: 'Aufgezeichnetes Beispiel' };

/** Fails unless the examples in sight are these, and each is marked with where it is from in that language. */
export async function examplesIn(page, expected, language) {
  for (const example of expected) {
    const shown = page.locator(`[data-example=${example}]:visible`);
    await shown.waitFor();
    const json = await readFile(join(root, `www/src/page/examples/${example}.json`), 'utf8');
    const { model, machine, date } = JSON.parse(json);
    const when = await page.evaluate(
      ([date, language]) =>
        new Date(date).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' }),
      [date, language],
    );
    const marks = (await shown.locator('.marks').innerText()).replaceAll(/\s+/g, ' ');
    assert.match(machine, /Xeon.*Chromium/);
    for (const part of [
      MARKS[language],
      model.name ?? model,
      'CPU',
      'wasm',
      machine,
      when.replaceAll(/\s+/g, ' '),
    ]) {
      assert.ok(marks.includes(part), `${part} in ${marks}`);
    }
    assert.equal(await shown.locator('.marks [lang=en]').innerText(), machine);
  }
  assert.equal(await page.locator('[data-example]:visible').count(), expected.length);
}
