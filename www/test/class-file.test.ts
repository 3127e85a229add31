import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { classJson } from '../src/page/class-file';
import { toJson } from '../src/page/export';
import { bank, inventory, observation, rating, record, request, score } from './fixtures';

// The page's hash is made in its worker, which Node has not.
vi.mock('../src/lib/traitscope', async original => ({
  ...(await original<object>()),
  sha256: async (blob: Blob) =>
    createHash('sha256')
      .update(await blob.text())
      .digest('hex'),
}));

const SECRETS = /secret/i;

/** Two own traits whose items have the same ids. */
function ownItems() {
  const items = bank(['Secret courage', 'Openness'], 2);
  for (const item of items.items) item.id = item.id.replace(/.*-/, 'secret-');
  const rows = items.items.map(({ id, personality }) => observation(id, { trait: personality }));
  const result = { observations: rows };
  const own = record(request(items, { system: 'A secret prompt.', instruction: 'Secretly.' }), result);
  own.bank = { name: 'secret items', version: 'secret 1', licence: 'Secret licence' };
  own.bank_sha256 = 'c'.repeat(64);
  own.model.name = 'secret-model';
  own.notices = [{ code: 'network.restarted', message: 'secret.gguf' }];
  own.result.summary.scores = [score('Secret courage'), score('Openness')];
  return own;
}

test('nothing of an own file is told but numbers, and rows stay apart', async () => {
  const own = ownItems();
  expect(toJson(own)).toMatch(SECRETS);
  const text = await classJson(own, false);
  expect(text).not.toMatch(SECRETS);
  const file = JSON.parse(text);
  expect(file.items.ids).toEqual(['item-1', 'item-2', 'item-3', 'item-4']);
  expect(file.observations.map(({ item }: { item: string }) => item)).toEqual(file.items.ids);
  expect(file.observations.map(({ trait }: { trait: string }) => trait)).toEqual([
    'trait-1',
    'trait-1',
    'Openness',
    'Openness',
  ]);
  expect(file.summary.scores.map(({ trait }: { trait: string }) => trait)).toEqual(['trait-1', 'Openness']);
  expect(file.model).toMatchObject({ licence: null, sha256: own.model.sha256 });
  expect(file.items.sha256).toBe(own.bank_sha256);
});

test('of own statements the facets, the words of the scale and the sentence are not told', async () => {
  const own = inventory(4);
  own.stem = 'My secret {}';
  own.scale = ['secret no', 'secret maybe', 'secret yes'];
  for (const item of own.items) item.facet = 'Secret facet';
  const run = record(request(bank([], 0), { inventory: own }), {
    ratings: own.items.map(({ id, domain }) => rating(id, { domain, facet: 'Secret facet' })),
  });
  run.bank_sha256 = 'd'.repeat(64);
  const text = await classJson(run, true);
  expect(text).not.toMatch(SECRETS);
  const file = JSON.parse(text);
  expect(file.inventory).toEqual({ language: 'und', stem: '', scale: ['1', '2', '3'] });
  expect(file.ratings.map(({ item }: { item: string }) => item)).toEqual(file.items.ids);
  expect(new Set(file.ratings.map(({ facet }: { facet: string }) => facet))).toEqual(new Set(['facet-1']));
});

test('of the project’s own items and models all is told, and the same text has the same mark', async () => {
  const run = record(request(bank(['Openness'], 1), { system: 'Be brief.' }), {
    observations: [observation('Openness-1')],
  });
  const [file, whole] = [JSON.parse(await classJson(run, true)), JSON.parse(toJson(run))];
  expect(file.request.system).toMatch(/^\[not told, [0-9a-f]{8}\]$/);
  expect({ ...file, request: whole.request }).toEqual(whole);
  expect(await classJson(run, true)).toBe(await classJson(run, true));
});
