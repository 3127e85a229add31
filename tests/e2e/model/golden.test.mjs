// The real model in the built library, on the CPU and on WebGPU, against PyTorch's numbers for it in f32
// (tests/reference/smollm2). The same is tested natively by crate/core/tests/golden.rs.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { library } from '../model-support.mjs';
import { dist, root } from '../support.mjs';

const MINUTES = 60_000;
const LOGIT = 0.01;
const COSINE = 0.99999;
/** Where the reference's own two largest logits are no further apart, rounding may choose the other token. */
const CLOSE_CALL = 0.05;
/** `<|im_end|>`, which ends a turn. */
const END = 2;

const folder = join(root, 'tests/reference/smollm2');
const readJson = async name => JSON.parse(await readFile(join(folder, name), 'utf8'));
const { items: prompts } = await readJson('smollm2.json');
const margins = await readJson('margins.json');
const golden = await readTensors(join(folder, 'smollm2.safetensors'));
const files = await readdir(join(dist, 'assets')).catch(() => []);

/** The f32 tensors of a safetensors file: eight bytes of length, a JSON header, the values. */
async function readTensors(path) {
  const bytes = await readFile(path);
  const start = 8 + Number(bytes.readBigUInt64LE());
  const tensors = {};
  for (const [name, info] of Object.entries(JSON.parse(bytes.toString('utf8', 8, start)))) {
    if (info.dtype !== 'F32') continue;
    const [from, to] = info.data_offsets;
    tensors[name] = new Float32Array(
      bytes.buffer.slice(bytes.byteOffset + start + from, bytes.byteOffset + start + to),
    );
  }
  return tensors;
}

/** What the page gives for a prompt; only what is compared leaves it. */
function look(page, { ids, greedy_ids }, written) {
  return page.evaluate(
    async ({ ids, greedy, written }) => {
      const last = ids.length - 1;
      const { layers, width, values, tokens } = await window.model.hidden({ tokens: ids });
      const streams = Array.from({ length: layers + 1 }, (_, layer) => {
        const start = (layer * tokens.length + last) * width;
        return Array.from(values.subarray(start, start + width));
      });
      // One forward over the prompt and the reference's own continuation rates each of its choices.
      const { vocabulary } = window.model.info;
      const rows = greedy.map((_, step) => ({ row: last + step, top: step === 0 ? vocabulary : 1 }));
      const result = await window.model.logits({ tokens: [...ids, ...greedy.slice(0, -1)], top: 1, rows });
      const logits = [];
      for (const { id, logit } of result.rows[0].top) logits[id] = logit;
      const choices = result.rows.map(({ top: [best] }) => best.id);
      const text = written ? await window.model.generate({ tokens: ids, maxTokens: greedy.length }) : null;
      return { positions: values.length / (layers + 1) / width, streams, logits, choices, text };
    },
    { ids, greedy: greedy_ids, written },
  );
}

function cosine(a, b) {
  const dot = (x, y) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Holds one prompt's numbers against the reference and says how near they are. */
function compare(name, found) {
  const { ids, greedy_ids: greedy } = prompts[name];
  assert.equal(found.positions, ids.length);

  const logits = golden[`${name}.logits`];
  assert.equal(found.logits.length, logits.length);
  const worst = found.logits.reduce((most, logit, id) => Math.max(most, Math.abs(logit - logits[id])), 0);
  assert.ok(worst < LOGIT, `${name}: a logit differs by ${worst}`);

  const resid = golden[`${name}.resid`];
  const width = resid.length / found.streams.length;
  const cosines = found.streams.map((stream, layer) =>
    cosine(stream, resid.subarray(layer * width, (layer + 1) * width)),
  );
  for (const [layer, value] of cosines.entries()) {
    assert.ok(value > COSINE, `${name}: the stream after layer ${layer} has cosine ${value}`);
  }

  assert.deepEqual([greedy.length, margins[name].length, found.choices.length], [32, 32, 32]);
  for (const [step, choice] of found.choices.entries()) {
    if (margins[name][step] > CLOSE_CALL) assert.equal(choice, greedy[step], `${name}: greedy token ${step}`);
  }
  return { logit: worst.toExponential(1), cosine: Math.min(...cosines).toFixed(8) };
}

/** Holds a written text against the reference up to the first close call or the end of the turn. */
function compareWritten(name, { tokens, stop }) {
  const { greedy_ids: greedy } = prompts[name];
  const close = margins[name].findIndex(margin => margin <= CLOSE_CALL);
  const ended = greedy.indexOf(END);
  const steps = Math.min(...[close, ended, greedy.length].filter(step => step >= 0));
  assert.ok(steps > 0);
  assert.deepEqual(tokens.slice(0, steps), greedy.slice(0, steps), `${name}: written text`);
  if (steps === ended)
    assert.deepEqual([tokens.length, stop], [ended, 'end'], `${name}: the end of the turn`);
  return steps;
}

// On a GPU in software each written token takes about half a second; two prompts stand for all there. A browser
// without relaxed SIMD gets another module, as does one that cannot fetch the first.
for (const { where, device, without, writes, backend } of [
  { where: 'the CPU', device: 'cpu', writes: Object.keys(prompts), backend: /relaxed SIMD$/ },
  {
    where: 'the CPU without relaxed SIMD',
    device: 'cpu',
    without: /-relaxed-/,
    writes: Object.keys(prompts),
    backend: /SIMD128$/,
  },
  { where: 'WebGPU', device: 'gpu', writes: ['plain0', 'chat0'], backend: /./ },
]) {
  describe(`on ${where}`, { timeout: 20 * MINUTES }, () => {
    const assets = files.filter(name => without?.test(name)).map(name => `assets/${name}`);
    const open = library(device, assets);

    test('the core is the one that was to be used', () => {
      assert.equal(assets.length, without ? 1 : 0);
      assert.match(open.device.backend, backend);
    });

    for (const name of Object.keys(prompts)) {
      test(`${name}: logits, residual streams and greedy tokens are those of the reference`, async context => {
        const found = await look(open.page, prompts[name], writes.includes(name));
        const { logit, cosine } = compare(name, found);
        const written = found.text ? `, ${compareWritten(name, found.text)} tokens written` : '';
        context.diagnostic(`largest difference of a logit ${logit}, least cosine ${cosine}${written}`);
      });
    }
  });
}
