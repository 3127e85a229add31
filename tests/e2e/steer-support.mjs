// What tests of Steer on the page with the double share.

import { steps } from './support.mjs';
import { model, open, send } from './with-double.mjs';

/** Opens the page with the double's model loaded. */
export async function loaded(plan, query = '') {
  const watched = await open(send(model(plan)), { query });
  await steps.load(watched.page);
  await watched.page.getByRole('button', { name: 'Write both answers' }).waitFor();
  return watched;
}

/** Waits until both answers are written. */
export const written = page => page.locator('[data-text=steered][data-done=length]').waitFor();

/** Texts of a trait of the visitor's own, enough for a direction. */
export const EARLY_RISING = {
  name: 'Early rising',
  high: ['I am up at five.', 'I greet the sun.', 'I stretch.'],
  low: ['I am up at noon.', 'I greet the moon.', 'I yawn.'],
};

/** Writes name and texts of a trait into the form for directions of one's own, which is unfolded for that. */
export async function fillDirection(page, { name, high, low } = EARLY_RISING) {
  const form = page.locator('ts-steer-step ts-own-direction');
  const fold = form.locator('details');
  await fold.waitFor();
  if (!(await fold.evaluate(({ open }) => open))) await form.getByText('Directions of your own').click();
  await form.getByLabel('Name of the trait').fill(name);
  await form.getByLabel('Texts that show it').fill(high.join('\n'));
  await form.getByLabel('Texts that show the opposite').fill(low.join('\n'));
}

export const makeButton = page => page.getByRole('button', { name: 'Make the direction' });

/** Makes a direction of one's own of these texts. */
export async function makeDirection(page, trait = EARLY_RISING) {
  await fillDirection(page, trait);
  await makeButton(page).click();
  await page.locator('[data-made]').waitFor();
}
