// Meters of the double: they read the instruction, and nothing of the item.

import { observe } from './answers.js';

/** What the instruction asks for. */
const asked = persona => (persona === null ? 0 : persona.name.startsWith('high') ? 1 : -1);

export async function monitoring(request, onProgress, control, step) {
  const { items } = request.test.items;
  const conditions = [null, ...request.personas.keys()];
  const rows = [];
  for (const at of conditions) {
    const persona = at === null ? null : request.personas[at];
    for (const [i, item] of items.entries()) {
      await step();
      if (control.cancelled) break;
      const plain = observe({
        item,
        readout: 'continuation',
        template: null,
        layout: null,
        paraphrased: false,
      });
      rows.push({
        persona: at,
        item: item.id,
        trait: item.personality,
        // Neighbours lie on either side, so that within an instruction nothing goes together.
        z: asked(persona) + (i % 2 === 0 ? 0.2 : -0.2),
        d: plain.d + 0.3 * asked(persona),
      });
      onProgress({ phase: 'answers', done: rows.length, total: conditions.length * items.length });
    }
  }
  return { rows, traits: summariseMonitoring(request, rows), cancelled: control.cancelled };
}

const mean = values => values.reduce((a, b) => a + b, 0) / values.length;

function correlation(rows) {
  if (rows.length < 4) return null;
  const [z, d] = [mean(rows.map(row => row.z)), mean(rows.map(row => row.d))];
  const sum = (a, b) => mean(rows.map(row => a(row) * b(row)));
  const [az, ad] = [row => row.z - z, row => row.d - d];
  const r = sum(az, ad) / Math.sqrt(sum(az, az) * sum(ad, ad) || 1);
  return { pairs: rows.length, r: { value: r, low: r - 0.4, high: r + 0.4 }, rho: r };
}

export function summariseMonitoring(request, rows) {
  const conditions = [null, ...request.personas.keys()];
  return [...new Set(request.test.items.items.map(item => item.personality))].map(trait => {
    const own = rows.filter(row => row.trait === trait);
    const of = at => own.filter(row => row.persona === at);
    return {
      trait,
      pooled: correlation(own),
      within: conditions.map(at => correlation(of(at))),
      means: conditions.map(at =>
        of(at).length > 0 ? [mean(of(at).map(row => row.z)), mean(of(at).map(row => row.d))] : null,
      ),
    };
  });
}

export function parseTexts(bytes) {
  const lines = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter(line => line.trim() !== '');
  const texts = lines.map(line => {
    const [first, second] = line.split('\t');
    return second === undefined ? { response: first } : { prompt: first, response: second };
  });
  const empty = texts.findIndex(({ response }) => response.trim() === '');
  if (empty < 0) return texts;
  throw {
    code: 'texts.invalid',
    message: `the texts cannot be used: text ${empty + 1} is empty`,
    detail: null,
  };
}

/** The longer a text, the higher it lies; own answers lie at 1. */
export async function difference({ texts }, onProgress, control, step) {
  const rows = [];
  for (const [index, { prompt, response }] of texts.entries()) {
    await step();
    if (control.cancelled) break;
    const z = response.length / 10;
    const own = prompt === undefined ? null : { text: ' my own', z: 1 };
    rows.push({ index, z, own, difference: own ? z - own.z : null });
    onProgress({ phase: 'texts', done: rows.length, total: texts.length });
  }
  const estimate = values =>
    values.length > 0 ? { value: mean(values), low: mean(values) - 0.1, high: mean(values) + 0.1 } : null;
  const result = {
    z: estimate(rows.map(row => row.z)),
    difference: estimate(rows.flatMap(row => row.difference ?? [])),
    cancelled: control.cancelled,
  };
  rows.sort((a, b) => (b.difference ?? -99) - (a.difference ?? -99));
  return { rows, ...result };
}
