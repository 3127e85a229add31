import { expect, test, vi } from 'vitest';
import type { Session } from '../src/page/session';
import type { Hideable } from '../src/page/settings';

const kept = [{ key: 'one', name: 'one.json', bytes: 2, sha256: 'ab' }];

vi.mock('../src/lib/traitscope', async original => ({
  ...(await original<object>()),
  keptInstruments: async () => kept,
}));

const { OwnFiles } = await import('../src/page/own-files');

/** The files that are offered to a visitor whom a link led here that hides this. */
async function offered(...hidden: Hideable[]) {
  const session = { hides: (part: Hideable) => hidden.includes(part), changed: () => undefined };
  const files = new OwnFiles(session as unknown as Session);
  await files.find();
  return files.kept;
}

test('files that this browser keeps are offered, but not where a link leaves out files of one’s own', async () => {
  expect(await offered()).toEqual(kept);
  expect(await offered('studies', 'steer')).toEqual(kept);
  expect(await offered('own')).toEqual([]);
});
