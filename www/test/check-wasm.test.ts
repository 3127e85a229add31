import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'traitscope-wasm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An empty module with custom sections of these names, each of which holds the text beside it. */
function module(sections: Record<string, string | Buffer>): Buffer {
  const parts = Object.entries(sections).map(([name, content]) => {
    const body = Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from(content)]);
    // A length as LEB128, of two bytes at most.
    return Buffer.concat([Buffer.from([0, 0x80 | (body.length & 0x7f), body.length >> 7]), body]);
  });
  return Buffer.concat([Buffer.from('\0asm\x01\0\0\0'), ...parts]);
}

/** What the gate says of the module, and how it ends. */
function gate(name: string, bytes: Buffer, ...more: string[]) {
  const file = join(folder, 'module.wasm');
  writeFileSync(file, bytes);
  const script = join(import.meta.dirname, '../../tools/check-wasm.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, name, file, ...more], { encoding: 'utf8' });
  return { status, stderr };
}

test('exports that run all constructors are found, and so is a module that hides its names', () => {
  expect(gate('wrappers', module({ producers: 'rustc', name: 'score' })).status).toBe(0);
  const wrapped = gate('wrappers', module({ producers: 'rustc', name: 'score.command_export' }));
  expect(wrapped).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('wrapped in constructor calls'),
  });
  const nameless = gate('wrappers', module({ producers: 'rustc' }));
  expect(nameless).toMatchObject({ status: 1, stderr: expect.stringContaining('no name section') });
});

test('a module is as large as it is to download', () => {
  const noise = module({ name: randomBytes(10_000) });
  expect(gate('size', noise, '11000').status).toBe(0);
  const large = gate('size', noise, '9000');
  expect(large).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('more than the 0.01 MB allowed'),
  });
  expect(gate('size', module({ name: ' '.repeat(10_000) }), '9000').status).toBe(0);
});
