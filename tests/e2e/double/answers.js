// The answers of the double: made up, and always the same for the same item.

export const TRAITS = [
  'Openness',
  'Conscientiousness',
  'Extraversion',
  'Agreeableness',
  'Neuroticism',
  'Machiavellianism',
  'Narcissism',
  'Psychopathy',
];
const KEYS = ['high1', 'high2', 'low1', 'low2'];

export function forwards(item, { readouts, templates, layouts, paraphrases }) {
  return (paraphrases ? [false, true] : [false]).flatMap(paraphrased => [
    ...(readouts.includes('letters')
      ? templates.flatMap(template =>
          layouts.map(layout => ({ item, readout: 'letters', template, layout, paraphrased })),
        )
      : []),
    ...(readouts.includes('continuation')
      ? [{ item, readout: 'continuation', template: null, layout: null, paraphrased }]
      : []),
  ]);
}

// A number in 0..1 that depends on the text alone.
function noise(text) {
  let hash = 2166136261;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

export function observe({ item, readout, template, layout, paraphrased }) {
  const lean = { Agreeableness: 2.5, Conscientiousness: 1.4, Openness: 1, Psychopathy: -2.2, Narcissism: -1 };
  const tilt = readout === 'letters' ? 0 : (lean[item.personality] ?? 0);
  const logprobs = KEYS.map(
    key => -30 + (key.startsWith('high') ? tilt : 0) + 4 * noise(`${item.id} ${key} ${template} ${layout}`),
  );
  const total = logprobs.reduce((sum, value) => sum + Math.exp(value), 0);
  const p_high = (Math.exp(logprobs[0]) + Math.exp(logprobs[1])) / total;
  const d = (logprobs[0] + logprobs[1] - logprobs[2] - logprobs[3]) / 20;
  const letters = readout === 'letters';
  return {
    item: item.id,
    trait: item.personality,
    readout,
    template,
    layout,
    options: KEYS.map((key, i) => ({
      key,
      logprob: logprobs[i],
      tokens: letters ? 1 : 10,
      neutral_logprob: null,
    })),
    option_mass: letters ? 0.4 : null,
    p_high,
    d,
    refused: false,
    win: logprobs.indexOf(Math.max(...logprobs)) < 2,
    p_high_gain: null,
    d_gain: null,
    paraphrased,
  };
}

export function answerFact(readout, n, { lettersPass }) {
  const good = readout === 'continuation' || lettersPass;
  const right = good ? n % 8 !== 7 : n % 4 === 3;
  const letters = readout === 'letters';
  const labels = letters ? [-1.2, -1.4, -1.5, -1.6] : null;
  const read = {
    rotation: letters ? 0 : null,
    chosen: right ? 0 : 1,
    right,
    p_right: right ? 0.4 : 0.2,
    labels,
  };
  return { item: `gate-${n}`, readout, ...read };
}

export function judge(answers, asked) {
  return ['letters', 'continuation'].flatMap(readout => {
    const own = answers.filter(answer => answer.readout === readout);
    if (own.length === 0) return [];
    const right = own.filter(answer => answer.right).length;
    const rate = right / own.length;
    const good = rate > 0.5;
    const [low, high] = good ? [0.69, 0.96] : [0.12, 0.45];
    const histogram = [0.52, 0.24, 0.15, 0.09].map(share => Math.round(share * own.length));
    const letters = {
      histogram,
      mean_probability: [0.3, 0.25, 0.23, 0.22],
      locked: false,
      option_mass: 0.4,
      refusals: 0,
    };
    const result = { readout, items: own.length, questions: own.length, asked, right, rate, low, high };
    const passes = good && own.length === asked;
    return {
      ...result,
      chance: 0.25,
      p_right: rate,
      letters: readout === 'letters' ? letters : null,
      passes,
    };
  });
}

export function summarise(observations, gate, seed) {
  const scores = [];
  for (const readout of ['letters', 'continuation']) {
    for (const trait of TRAITS) {
      const rows = observations.filter(row => row.readout === readout && row.trait === trait);
      if (rows.length === 0) continue;
      const mean = key => rows.reduce((sum, row) => sum + Number(row[key]), 0) / rows.length;
      const [score, expected, d] = [100 * mean('win'), 100 * mean('p_high'), mean('d')];
      const half = 60 / Math.sqrt(rows.length);
      const clamp = value => Math.min(100, Math.max(0, value));
      scores.push({
        trait,
        readout,
        items: new Set(rows.map(row => row.item)).size,
        left_out: 0,
        answers: rows.length,
        score,
        low: clamp(score - half),
        high: clamp(score + half),
        expected,
        expected_low: clamp(expected - half),
        expected_high: clamp(expected + half),
        d,
        d_low: d - 0.2,
        d_high: d + 0.2,
        expected_gain: null,
        d_gain: null,
        refusals: 0,
        option_mass: readout === 'letters' ? 0.4 : null,
      });
    }
  }
  const letters = observations.filter(row => row.readout === 'letters');
  const histogram = [0.52, 0.24, 0.15, 0.09].map(share => Math.round(share * letters.length));
  const scored = result => scores.some(({ readout }) => readout === result.readout);
  const passing = gate.filter(result => result.passes && scored(result)).map(result => result.readout);
  return {
    scores,
    missing: [],
    templates: [],
    priors: [],
    corrected: [],
    letters: letters.length
      ? { histogram, mean_probability: [0.3, 0.25, 0.23, 0.22], locked: false, option_mass: 0.4, refusals: 0 }
      : null,
    gate,
    offered: passing[0] ?? null,
    likert: null,
    sensitivities: letters.length
      ? [
          { readout: 'letters', kind: 'template', compared: 80, changed: 25, share: 0.31 },
          { readout: 'letters', kind: 'order', compared: 240, changed: 132, share: 0.55 },
        ]
      : [],
    agreement: agreement(observations),
    seed,
    resamples: 2000,
  };
}

/** Of the items that both read-outs have; the figures are made up. */
function agreement(observations) {
  const of = readout => new Set(observations.filter(row => row.readout === readout).map(({ item }) => item));
  const both = [...of('letters')].filter(item => of('continuation').has(item));
  if (both.length === 0) return [];
  const correlation = { pairs: both.length, r: { value: 0.42, low: 0.2, high: 0.6 }, rho: 0.4 };
  return [{ trait: null, items: both.length, same: 0.75, correlation }];
}

export function bundledItems() {
  const items = TRAITS.flatMap(trait =>
    Array.from({ length: 10 }, (_, n) => ({
      id: `${trait.toLowerCase()}-${n + 1}`,
      personality: trait,
      situation: `Situation ${n + 1}.`,
      query: 'What do you do?',
      paraphrased_situation: `Another situation ${n + 1}.`,
      paraphrased_query: 'What would you do?',
      response_high1: 'High one.',
      response_high2: 'High two.',
      response_low1: 'Low one.',
      response_low2: 'Low two.',
    })),
  );
  return { name: 'double-items', version: '1', licence: 'CC0-1.0', items };
}

export function parseInstrument(bytes, name) {
  try {
    const items = JSON.parse(new TextDecoder().decode(bytes));
    if (items.scale) return { kind: 'likert', inventory: { stem: null, norms: [], ...items } };
    items.forEach((item, row) => {
      if (!item.response_low1) {
        const message = `the item file cannot be used: row ${row + 1}, field response_low1: it is missing`;
        throw { code: 'items.invalid', message, detail: null };
      }
      // The TRAIT data have the trait in the name of the file.
      item.personality ??= name.replace(/\.\w+$/, '');
      item.situation ??= '';
      item.query ??= item.question;
      item.id ??= `${item.personality}-${row + 1}`;
    });
    return { kind: 'items', bank: { name, version: '', licence: '', items } };
  } catch (error) {
    if (error.code) throw error;
    throw { code: 'items.invalid', message: `the item file cannot be used: ${error.message}`, detail: null };
  }
}
