// What axe finds wrong on a page, by WCAG 2.2 A and AA and its own best practice.

import { createRequire } from 'node:module';

const { source } = createRequire(new URL('../../www/package.json', import.meta.url))('axe-core');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong, a line each. */
export async function faults(page) {
  await page.evaluate(source);
  const { violations } = await page.evaluate(
    rules => window.axe.run(document, { runOnly: { type: 'tag', values: rules } }),
    RULES,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${help} (${target.flat(9).join(' ')}) ${any[0]?.message ?? ''}`),
  );
}
