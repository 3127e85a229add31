// Directions of the real model in the built library, on the CPU and on WebGPU: read, applied, studied. The steered item is held
// against a second program (tests/reference/steer); natively the same is tested by crate/core/tests/steer_contrast.rs.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { library } from '../model-support.mjs';
import { root } from '../support.mjs';

const MINUTES = 60_000;
const golden = JSON.parse(await readFile(join(root, 'tests/reference/steer/contrast.json'), 'utf8'));
const TRAITS = 15;

// A GPU in software takes seconds for each condition, so it gets a part of them.
for (const { device, conditions, tolerance } of [
  { device: 'cpu', conditions: golden.conditions, tolerance: 5e-3 },
  { device: 'gpu', conditions: golden.conditions.slice(0, 2), tolerance: 2e-2 },
]) {
  describe(`on the ${device}`, { timeout: 15 * MINUTES }, () => {
    const open = library(device);
    let page;

    before(async () => {
      ({ page } = open);
      await page.evaluate(async () => {
        const { fetchCatalogue, fetchDirections } = window.library;
        const catalogue = await fetchCatalogue(new URL('models/catalog.json', location.href));
        const [entry] = catalogue.models;
        window.vectors = await fetchDirections(catalogue, entry);
        window.layers = entry.layers;
      });
    });

    test('a steered item is answered as in the reference, and a dose of 0 is the model as it is', async () => {
      const { methods, neutral, layer, item } = golden;
      const vector = methods.statements[layer];
      const found = await page.evaluate(
        async ({ vector, norm, layer, item, conditions }) => {
          const { items } = await window.library.bundledItems();
          const asked = { items: items.filter(({ id }) => id === item), readout: 'continuation', gate: 0 };
          const ask = async steering => (await window.model.score({ ...asked, steering })).observations[0];
          const answers = [];
          for (const { kind, amount, positions } of conditions) {
            const edit =
              kind === 'add'
                ? { type: 'add', dose: amount }
                : kind === 'induce'
                  ? { type: 'induce', target: amount }
                  : { type: 'ablate' };
            answers.push(await ask([{ layer, vector, norm, edit, positions }]));
          }
          return { plain: await ask([]), answers };
        },
        { vector, norm: neutral[layer][0], layer, item, conditions },
      );
      for (const [i, { name, options }] of conditions.entries()) {
        const answer = found.answers[i];
        for (const [k, { logprob }] of answer.options.entries()) {
          const error = Math.abs(logprob - options[k]);
          assert.ok(error < tolerance * Math.max(1, Math.abs(options[k]) / 30), `${name}: off by ${error}`);
        }
        if (name === 'none') assert.deepEqual(answer, found.plain);
        else assert.notDeepEqual(answer, found.plain);
      }
      assert.ok(conditions.some(({ name }) => name === 'none'));
    });

    test('what a push adds is what its meter reads', async () => {
      const { plain, pushed, norm } = await page.evaluate(async () => {
        const { layer, vector, neutral } = window.vectors
          .find(({ trait }) => trait === 'agreeableness')
          .layers.find(at => at.layer === window.layers.agreeableness);
        const read = async dose => {
          const edit = { type: 'add', dose };
          const { readings } = await window.model.generate({
            prompt: 'The kettle is on, and the window is open.',
            maxTokens: 0,
            steering: [{ layer, vector, norm: neutral.norm, edit }],
            meters: [{ layer, vector, neutral }],
          });
          return readings[0].projections;
        };
        return { plain: await read(0), pushed: await read(0.25), norm: neutral.norm };
      });
      assert.ok(plain.length > 5);
      for (const [i, value] of plain.entries()) {
        if (i > 0) assert.ok(Math.abs(pushed[i] - value - 0.25 * norm) < 1e-3 * norm, `token ${i}`);
      }
    });

    if (device === 'cpu') {
      test('a meter before the answer and texts of a data set read as everything else does', async () => {
        const { monitored, alone, compared, own, read } = await page.evaluate(async () => {
          const { bundledItems, parseTexts } = window.library;
          const { layer, vector, neutral } = window.vectors
            .find(({ trait }) => trait === 'agreeableness')
            .layers.find(at => at.layer === window.layers.agreeableness);
          const meter = { layer, vector, neutral };
          const { items } = await bundledItems();
          const asked = {
            items: items.filter(({ personality }) => personality === 'Agreeableness').slice(0, 5),
          };
          const system = 'You are kind.';
          const personas = [{ name: 'kind', system }];
          const monitored = await window.model.monitoring({ ...asked, meter, personas, workers: 2 });
          const score = { ...asked, readout: 'continuation', gate: 0, workers: 1 };
          const alone = [await window.model.score(score), await window.model.score({ ...score, system })];
          const prompt = 'What should I say to a neighbour who is moving in?';
          const mean = ({ z }, from) => z.slice(from).reduce((a, b) => a + b, 0) / (z.length - from);
          // The text as the model itself writes it, read token by token.
          const messages = [{ role: 'user', content: prompt }];
          const written = await window.model.generate({ messages, maxTokens: 12, seed: 3 });
          const tokens = [...written.prompt, ...written.tokens];
          const { readings } = await window.model.generate({ tokens, maxTokens: 0, meters: [meter] });
          const texts = await parseTexts(
            new Blob([JSON.stringify([{ prompt, response: written.text }, 'So it is.'])]),
          );
          const compared = await window.model.difference({ texts, meter, max_tokens: 12, temperature: 0 });
          return {
            monitored,
            alone: alone.map(({ observations }) => observations.map(({ d }) => d)),
            compared,
            own: written.text,
            read: mean(readings[0], written.prompt.length),
          };
        });
        assert.equal(monitored.rows.length, 10);
        assert.deepEqual(
          monitored.rows.map(({ persona }) => persona),
          [...Array(5).fill(null), ...Array(5).fill(0)],
        );
        for (const [i, { d }] of monitored.rows.entries()) {
          assert.ok(Math.abs(d - alone.flat()[i]) < 1e-4, `item ${i}`);
        }
        const [{ within, pooled, means }] = monitored.traits;
        assert.deepEqual([within[0].pairs, within[1].pairs, pooled.pairs], [5, 5, 10]);
        assert.ok(means.every(Boolean));
        const [answer, text] = compared.rows;
        assert.deepEqual([answer.index, text.index, text.own], [0, 1, null]);
        assert.equal(answer.own.text, own);
        assert.ok(Math.abs(answer.z - read) < 1e-3, `${answer.z} ${read}`);
        assert.ok(Math.abs(compared.difference.value) < 1e-3, 'an own answer does not differ from itself');
      });

      test('texts that are judged under a dose are those that the model writes under it', async () => {
        const { judged, written } = await page.evaluate(async () => {
          const { layer, vector, neutral } = window.vectors
            .find(({ trait }) => trait === 'agreeableness')
            .layers.find(at => at.layer === window.layers.agreeableness);
          const { norm } = neutral;
          const prompt = 'How was your day?';
          const drawn = { temperature: 0.7, seed: 3 };
          const judged = await window.model.coherence({
            arm: { kind: 'trait', trait: 'agreeableness', layer, vector, norm, doses: [0.3] },
            prompts: [prompt],
            max_tokens: 10,
            ...drawn,
          });
          const write = async steering => {
            const messages = [{ role: 'user', content: prompt }];
            return (await window.model.generate({ messages, maxTokens: 10, steering, ...drawn })).text;
          };
          const edit = { type: 'add', dose: 0.3 };
          return { judged, written: [await write([]), await write([{ layer, vector, norm, edit }])] };
        });
        assert.deepEqual(
          judged.texts.map(([{ text }]) => text),
          written,
        );
        assert.equal(judged.cancelled, false);
        // Drawn from it, the unsteered text is likely under the unsteered model.
        const [plain, pushed] = judged.doses;
        assert.ok(plain.coherent && plain.log_prob.value > -5, `${plain.log_prob.value}`);
        assert.notEqual(plain.log_prob.value, pushed.log_prob.value);
      });

      test('agreeableness moves its items and a direction made of mixed sides does not as much', async context => {
        const { result, traits } = await page.evaluate(async () => {
          const { fetchTrait, bundledItems } = window.library;
          const { trait, layers } = window.vectors.find(one => one.trait === 'agreeableness');
          const { layer, vector, neutral } = layers.find(at => at.layer === window.layers[trait]);
          const arm = { trait, layer, norm: neutral.norm };
          const doses = [-0.3, 0.3];
          const artefact = await fetchTrait(trait);
          const chance = await window.model.shuffled({ artefact, layer, count: 2 });
          const { items } = await bundledItems();
          const own = items.filter(({ personality }) => personality === 'Agreeableness').slice(0, 3);
          const result = await window.model.effect({
            items: own,
            arms: [
              { ...arm, kind: 'trait', vector, doses: [-0.3, -0.15, 0, 0.15, 0.3] },
              ...chance.map(vector => ({ ...arm, kind: 'shuffled', vector, doses })),
            ],
            workers: 1,
          });
          const plain = await window.model.score({ items: own, readout: 'continuation', gate: 0 });
          result.same = JSON.stringify(plain.observations) === JSON.stringify(result.observations[0]);
          return { result, traits: window.vectors.map(one => one.trait) };
        });
        assert.equal(traits.length, TRAITS);
        assert.equal(result.observations.length, 1 + 4 + 4);
        assert.ok(result.same, 'the unsteered condition is the test as it is');
        const [direction] = result.summary.directions;
        const [effect] = direction.effects;
        assert.equal(direction.curves[0].rho, 1);
        assert.ok(effect.change.d.value > 0.3, `moved by ${effect.change.d.value}`);
        assert.equal(effect.shuffled.directions, 2);
        context.diagnostic(`from -0.3 to +0.3: ${effect.change.d.value.toFixed(3)} nats a token`);
      });

      test('directions without what they share have nothing in common', async () => {
        const { cosine, first, code } = await page.evaluate(async () => {
          const { orthogonal } = window.library;
          const [a, b] = window.vectors.map(({ layers }) => layers[20].vector);
          const own = await orthogonal([a, b]);
          const dot = (x, y) => x.reduce((sum, value, i) => sum + value * y[i], 0);
          const between = (x, y) => dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
          const code = await orthogonal([a, b, a]).catch(error => error.code);
          return { cosine: [between(a, b), between(...own)], first: between(a, own[0]), code };
        });
        assert.ok(Math.abs(cosine[0]) > 0.01 && Math.abs(cosine[1]) < 1e-6, `${cosine}`);
        assert.ok(first > 0.999999);
        assert.equal(code, 'direction.invalid');
      });

      test('directions survive a file', async () => {
        const same = await page.evaluate(async () => {
          const { readDirections, writeDirections } = window.library;
          const one = window.vectors[0];
          const alike = ([read]) =>
            read.layers.every((at, i) =>
              at.vector.every((value, k) => Math.abs(value - one.layers[i].vector[k]) < 1e-6),
            );
          const gguf = await readDirections(await writeDirections([one], 'gguf'), 'own.gguf');
          const safetensors = await readDirections(await writeDirections(window.vectors, 'safetensors'));
          // A control vector has no direction of the embedding.
          return [alike([{ layers: safetensors[0].layers }]), gguf[0].layers.length, safetensors.length];
        });
        assert.deepEqual(same.slice(0, 1).concat(same[2]), [true, TRAITS]);
        assert.ok(same[1] >= 29);
      });

      test('a file that holds no directions has a code', async () => {
        const code = await page.evaluate(() =>
          window.library.readDirections(new Blob(['not a file of directions'])).catch(error => error.code),
        );
        assert.equal(code, 'direction.file');
      });
    }
  });
}
