// A study of six settings and what tests do with it on the page with the double.

import { steps } from './support.mjs';
import { model, open, send } from './with-double.mjs';

export const QUERY = '?device=cpu&workers=1';

/** A study of three personas in two orders, with a ladder of three steps. */
export const STUDY = {
  format: 'traitscope-study',
  format_version: 1,
  name: 'Six ways',
  description: 'Three steps and two orders.',
  items: { per_trait: 2 },
  readouts: ['continuation', 'letters'],
  gate: 8,
  seed: 1,
  factors: [
    {
      name: 'step',
      levels: [1, 2, 3].map(rank => ({
        name: `E${rank}`,
        system: `You are E${rank}.`,
        trait: 'Extraversion',
        rank,
      })),
    },
    {
      name: 'order',
      levels: [
        { name: 'forward', layouts: ['forward'] },
        { name: 'reversed', layouts: ['reversed'] },
      ],
    },
  ],
};
export const file = (name, content) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(content)),
});
export const give = (page, content, name = 'own.json') =>
  steps.give(page, 'Use a study of your own', file(name, content));
export const step = page => page.locator('ts-settings-step');
export const start = page => page.getByRole('button', { name: 'Carry out the study' }).click();
export const ended = page => page.locator('[data-settings=done]').waitFor();
export const saved = async page => JSON.parse(await steps.save(page, 'Save the answers'));
/** From the next visit on, notes which settings the worker is asked: what is sent to it is what a model has to answer. */
export const noteAsked = page =>
  page.addInitScript(() => {
    window.asked = [];
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      const [, , request] = message.path?.[0] === 'score' ? message.argumentList : [];
      const { items, system, layouts } = request?.value ?? {};
      if (items?.items.length > 0) window.asked.push(`${system} ${layouts}`);
      return postMessage.call(this, message, ...rest);
    };
  });
/** How `noteAsked` calls the settings of `STUDY` from one place among them on. */
export const settingsFrom = place =>
  [1, 2, 3]
    .flatMap(rank => ['forward', 'reversed'].map(layout => `You are E${rank}. ${layout}`))
    .slice(place);
/** Waits until so many settings are finished, while the study goes on. */
export const finished = async (page, count) => {
  for (;;) {
    const done = await page.locator('[data-finished]').getAttribute('data-finished');
    if (Number(done) >= count) return;
    await page.waitForTimeout(20);
  }
};

export async function begun(plan = {}, query = QUERY) {
  const opened = await open(send(model(plan)), { query });
  await steps.load(opened.page);
  await give(opened.page, STUDY);
  await step(opened.page).getByText('6 settings').first().waitFor();
  return opened;
}

/** Carries out the study that is chosen and holds its answers against those of another model. */
export async function heldAgainstAnother(page) {
  await start(page);
  await ended(page);
  const names = { model: 'Other 1B', model_sha256: 'e'.repeat(64) };
  const other = { ...(await saved(page)), ...names, date: '2020-01-02T03:04:05.000Z' };
  await steps.drop(page, 'other.json', JSON.stringify(other));
  await page.locator('ts-study-comparison [data-asked]').waitFor();
}
