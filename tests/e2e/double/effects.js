// Directions and studies of the double: a push moves the items of its own trait, a push of chance hardly any.

import { observe } from './answers.js';

export function gaussian(width, count) {
  return Array.from({ length: count }, (_, i) => Array.from({ length: Math.min(width, 2) }, () => i + 1));
}

export function orthogonal(vectors) {
  return vectors.map((vector, i) => vector.map(value => value / (i + 1)));
}

export function parseTrait(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

export function readDirections(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw { code: 'direction.file', message: 'the file holds no directions that can be read', detail: null };
  }
}

export function writeDirections(vectors) {
  return new TextEncoder().encode(JSON.stringify(vectors));
}

/** Every condition: unsteered, then each dose of each arm, then the same under each persona with the widest doses. */
function conditions({ arms, personas = [] }) {
  const doses = arm => arm.doses.filter(dose => dose !== 0);
  const plain = { arm: null, dose: 0, persona: null };
  const steered = arms.flatMap(arm => doses(arm).map(dose => ({ arm, dose, persona: null })));
  const asked = personas.flatMap(persona => [
    { ...plain, persona },
    ...arms
      .filter(({ kind }) => kind === 'trait')
      .flatMap(arm => [Math.min, Math.max].map(end => ({ arm, dose: end(...doses(arm)), persona }))),
  ]);
  return [plain, ...steered, ...asked];
}

/** What a system prompt does to the answers. */
const shift = persona => (persona === null ? 0 : persona.name.startsWith('high') ? 0.3 : -0.3);

/** How far an item moves. */
function moved(item, { arm, dose, persona }) {
  if (!arm) return shift(persona);
  // Each of chance a little, and not all the same way.
  if (arm.kind !== 'trait') return 0.01 * (arm.vector[1] - 8) * dose;
  const own = arm.layer === 18 ? 3 : 2;
  return shift(persona) + (arm.trait === item.personality.toLowerCase() ? own : 0.2) * dose;
}

export async function effect(request, onEvent, control, step) {
  const all = conditions(request);
  const observations = all.map(() => []);
  const { items } = request.test.items;
  let done = 0;
  for (const item of items) {
    await step();
    if (control.cancelled) break;
    all.forEach((condition, i) => {
      const plain = observe({
        item,
        readout: 'continuation',
        template: null,
        layout: null,
        paraphrased: false,
      });
      const observation = { ...plain, d: plain.d + moved(item, condition) };
      observations[i].push(observation);
      onEvent({ type: 'observation', condition: i, observation });
      done += 1;
    });
    onEvent({ type: 'progress', done, total: items.length * all.length });
  }
  return { observations, cancelled: control.cancelled };
}

const mean = values => values.reduce((a, b) => a + b, 0) / values.length;
const estimate = value => ({ value, low: value - 0.1, high: value + 0.1 });

export function summariseEffect(request, observations) {
  const all = conditions(request);
  const rows = all.map((condition, i) => ({ ...condition, rows: observations[i] ?? [] }));
  const traits = [...new Set(request.test.items.items.map(item => item.personality))];
  const d = (one, trait) => mean(one.rows.filter(row => row.trait === trait).map(row => row.d));
  const change = (trait, value, items) => ({
    trait,
    readout: 'continuation',
    items,
    unpaired: 0,
    score: estimate(0),
    expected: estimate(0),
    d: estimate(value),
    against: 0,
    dz: 2,
    p: 0.01,
  });
  const of = arm => rows.filter(one => one.arm === arm && one.persona === null && one.rows.length > 0);
  const directions = request.arms
    .filter(arm => arm.kind === 'trait')
    .map(arm => {
      const widest = Math.max(...arm.doses);
      const own = [...of(null), ...of(arm)].sort((a, b) => a.dose - b.dose);
      const curves = traits.map(trait => ({
        trait,
        readout: 'continuation',
        rho: 1,
        points: own.map(one => ({
          dose: one.dose,
          items: one.rows.length,
          score: estimate(50),
          expected: estimate(50),
          d: estimate(d(one, trait)),
          change:
            one.dose === 0 ? null : change(trait, d(one, trait) - d(of(null)[0], trait), one.rows.length),
          p_adjusted: one.dose === 0 ? null : 0.02,
        })),
      }));
      const ends = [-widest, widest].map(dose => own.find(one => one.dose === dose));
      const effects = ends.every(Boolean)
        ? traits.map(trait => ({
            change: change(trait, d(ends[1], trait) - d(ends[0], trait), ends[0].rows.length),
            p_adjusted: 0.02,
            gaussian: request.arms.some(({ kind }) => kind === 'gaussian')
              ? { percentile: 100, p: 0.05, directions: 20 }
              : null,
            shuffled: { percentile: 100, p: 0.05, directions: 20 },
          }))
        : [];
      return { trait: arm.trait, layer: arm.layer, widest, curves, effects };
    });
  const chance = traits.flatMap(trait =>
    [...new Set(rows.filter(one => one.arm && one.arm.kind !== 'trait').map(one => one.dose))].map(dose => ({
      kind: 'shuffled',
      direction: directions[0].trait,
      layer: directions[0].layer,
      trait,
      readout: 'continuation',
      dose,
      changes: rows
        .filter(one => one.arm?.kind === 'shuffled' && one.dose === dose && one.rows.length > 0)
        .map(one => d(one, trait) - d(of(null)[0], trait)),
    })),
  );
  const personas = rows
    .filter(one => one.persona !== null && one.rows.length > 0)
    .map(one => ({
      persona: one.persona.name,
      direction: one.arm ? 0 : null,
      dose: one.dose,
      changes: traits.map(trait => change(trait, d(one, trait) - d(of(null)[0], trait), one.rows.length)),
    }));
  const cosines = directions.map((_, i) => directions.map((_, j) => (i === j ? 1 : 0.5)));
  return { directions, chance, cosines, personas };
}
