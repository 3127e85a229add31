import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { INVENTORY_ID } from '../src/page/settings';

test('IPIP-NEO-120 is there in 39 languages, each with all facets and a scale of five', () => {
  const folder = mkdtempSync(join(tmpdir(), 'traitscope-ipip-'));
  try {
    const script = fileURLToPath(new URL('../scripts/inventories.mjs', import.meta.url));
    execFileSync(process.execPath, [script], { env: { ...process.env, TRAITSCOPE_DIST: folder } });
    const place = join(folder, 'items/ipip');
    const json = (name: string) => JSON.parse(readFileSync(join(place, name), 'utf8'));
    const index = json('index.json');
    expect(index.map((found: { languages: unknown[] }) => found.languages.length)).toEqual([39, 3]);
    for (const name of readdirSync(place).filter(name => name.startsWith('ipip'))) {
      const { items, scale, language } = json(name);
      expect(items).toHaveLength(name.includes('120') ? 120 : 300);
      expect(
        new Set(items.map(({ domain, facet }: Record<string, string>) => `${domain} ${facet}`)).size,
      ).toBe(30);
      expect(new Set(items.map(({ id }: { id: string }) => id)).size).toBe(items.length);
      expect(new Set(scale).size).toBe(5);
      expect(INVENTORY_ID.test(name.replace('.json', ''))).toBe(true);
      expect(name).toContain(language);
    }
    const english = json('ipip-neo-120.en.json');
    // The package turns the points of reversed items round; the scale is that of the others.
    expect(english.scale[4]).toBe('Very Accurate');
    expect(english.norms).toHaveLength(5 + 30);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
