// A file of so many different items, made of the bundled ones: later rounds say that it is a later day, so that no prompt comes twice.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../tests/e2e/support.mjs';

export async function manyItems(count) {
  const bank = JSON.parse(await readFile(join(root, 'items/bank.json'), 'utf8'));
  const items = Array.from({ length: count }, (_, n) => {
    const item = bank.items[n % bank.items.length];
    const round = Math.floor(n / bank.items.length);
    if (round === 0) return item;
    return { ...item, id: `${item.id}-${round}`, situation: `It is day ${round + 1}. ${item.situation}` };
  });
  return JSON.stringify({ ...bank, items });
}
