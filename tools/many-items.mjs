// A file of so many different items, made of the bundled ones: later rounds say that it is a later day, so that no prompt comes twice.
// Short ones say nothing but the day, and of the answers the last words.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../tests/e2e/support.mjs';

export async function manyItems(count, short = false) {
  const bank = JSON.parse(await readFile(join(root, 'items/bank.json'), 'utf8'));
  const items = Array.from({ length: count }, (_, n) => {
    const item = bank.items[n % bank.items.length];
    const round = Math.floor(n / bank.items.length);
    const day = `It is day ${round + 1}.`;
    if (short)
      return { ...item, id: `${item.id}-${round}`, situation: day, query: 'And now?', ...lastWords(item) };
    if (round === 0) return item;
    return { ...item, id: `${item.id}-${round}`, situation: `${day} ${item.situation}` };
  });
  return JSON.stringify({ ...bank, items });
}

function lastWords(item) {
  const answers = Object.entries(item).filter(([name]) => name.startsWith('response_'));
  return Object.fromEntries(answers.map(([name, text]) => [name, text.split(' ').slice(-3).join(' ')]));
}
