// What axe finds wrong on a page, by WCAG 2.2 A and AA and its own best practice.

import { createRequire } from 'node:module';
import { clipped } from './clipped.mjs';
import { pictureFile } from './pictures.mjs';

const { source } = createRequire(new URL('../../www/package.json', import.meta.url))('axe-core');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong, a line each. */
export async function faults(page) {
  await page.evaluate(source);
  // What has scrolled below the head that stays in sight is no fault.
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  const { violations } = await page.evaluate(
    rules => window.axe.run(document, { runOnly: { type: 'tag', values: rules } }),
    RULES,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${help} (${target.flat(9).join(' ')}) ${any[0]?.message ?? ''}`),
  );
}

/** Opens whatever is folded, and what comes to be folded inside. */
export async function unfold(page) {
  const open = () =>
    page.evaluate(() => {
      let opened = 0;
      const walk = root => {
        for (const element of root.querySelectorAll('*')) {
          if (element.localName === 'details' && !element.open && element.checkVisibility()) {
            element.open = true;
            opened += 1;
          }
          if (element.shadowRoot) walk(element.shadowRoot);
        }
      };
      walk(document);
      return opened;
    });
  while ((await open()) > 0) await page.waitForTimeout(150);
}

/** Unfolds what is shown and notes in `found` what is wrong with it and what is cut off, wide and light, narrow and dark; keeps a picture of each. */
export async function judge(page, what, found) {
  await unfold(page);
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [390, 'dark'],
  ]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    for (const line of await faults(page)) found.push(`${what}, ${width} px, ${colorScheme}: ${line}`);
    for (const line of await clipped(page)) found.push(`${what}, ${width} px: cut off: ${line}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) found.push(`${what}: ${wide} px wide where ${width} are there`);
    await fullPicture(page, what, width, colorScheme);
  }
}

/** Keeps a picture of the whole page, with what else stays in sight at its top. */
export async function fullPicture(page, ...words) {
  const stay = position =>
    page.evaluate(position => {
      const { shadowRoot } = document.querySelector('traitscope-app');
      shadowRoot.querySelector('ts-nav').style.position = position;
      scrollTo(0, 0);
    }, position);
  await stay('static');
  await page.screenshot({ path: pictureFile('chromium', ...words), fullPage: true });
  await stay('');
}
