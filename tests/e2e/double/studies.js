// Studies of the double: as the core's, as far as the page can tell.

import { bundledItems } from './answers.js';
import { adjust, paired } from './comparison.js';

const invalid = message => ({
  code: 'study.invalid',
  message: `the study cannot be carried out: ${message}`,
  detail: null,
});

const standard = {
  description: '',
  source: null,
  items: null,
  inventory: null,
  templates: ['T1'],
  layouts: ['forward', 'reversed'],
  paraphrases: false,
  gain: false,
  gate: 0,
  failing: 'skip',
  seed: 0,
  factors: [],
  settings: null,
};

export function parseStudy(bytes) {
  const study = json(bytes);
  if (study.format !== 'traitscope-study') throw invalid(`its format is “${study.format}”`);
  return { ...standard, ...study };
}

function json(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw invalid(error.message);
  }
}

const combinations = ({ factors }) => factors.reduce((all, { levels }) => all * levels.length, 1);

function setting(study, index) {
  let rest = index;
  const levels = study.factors.toReversed().map(({ levels }) => {
    const level = rest % levels.length;
    rest = Math.floor(rest / levels.length);
    return level;
  });
  return { index, levels: levels.toReversed() };
}

export function studySettings(study) {
  const all = combinations(study);
  const count = study.settings ?? all;
  if (count < 1 || count > all) throw invalid(`it asks ${count} of ${all} settings`);
  return Array.from({ length: count }, (_, i) => setting(study, Math.floor((i * all) / count)));
}

const levelsOf = (study, { levels }) => study.factors.map((factor, i) => factor.levels[levels[i]]);

export function studyInventory(study, own) {
  const named = levelsOf(study, own).flatMap(({ inventory }) => inventory ?? []);
  return named.at(-1) ?? study.inventory?.id ?? null;
}

const few = (rows, key, most) => {
  const counts = new Map();
  return rows.filter(row => {
    counts.set(row[key], (counts.get(row[key]) ?? 0) + 1);
    return counts.get(row[key]) <= (most ?? Number.POSITIVE_INFINITY);
  });
};

const plain = study => ({
  items: { ...bundledItems(), items: [] },
  inventory: null,
  readouts: study.readouts,
  templates: study.templates,
  layouts: study.layouts === 'all' ? ['forward', 'reversed'] : study.layouts,
  frame: null,
  instruction: null,
  system: null,
  prompt_mode: 'auto',
  gate_questions: 0,
  gate_range: null,
  gain: study.gain,
  paraphrases: study.paraphrases,
  activations: 'f32',
  steering: [],
  seed: study.seed,
});

export function studyRequest(study, own, bank, inventory) {
  const levels = levelsOf(study, own);
  const traits = study.items?.traits;
  const items = bank.items.filter(({ personality }) => !traits || traits.includes(personality));
  const system = levels.flatMap(level => level.system ?? []).join(' ');
  return {
    ...plain(study),
    items: { ...bank, items: study.items ? few(items, 'personality', study.items.per_trait) : [] },
    inventory: study.inventory
      ? { ...inventory, items: few(inventory.items, 'domain', study.inventory.per_domain) }
      : null,
    ...(levels.flatMap(({ layouts }) => (layouts ? [{ layouts }] : [])).at(-1) ?? {}),
    system: system === '' ? null : system,
  };
}

export function studyGate(study, inventory) {
  const base = { ...plain(study), gate_questions: study.gate };
  const asked = [
    ...(study.items ? [base] : []),
    ...(study.inventory ? [{ ...base, inventory: { ...inventory, items: [] } }] : []),
  ];
  return study.gate > 0 ? asked : [];
}

export function studyReadouts(study, gate, statementGate) {
  return study.readouts.filter(readout => {
    const own = [...gate, ...statementGate].filter(found => found.readout === readout);
    return study.failing === 'ask' || own.length === 0 || own.some(({ passes }) => passes);
  });
}

export function settingAnswers({ index }, observations, ratings) {
  const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;
  const values = ['letters', 'continuation'].flatMap(readout => {
    const items = new Map();
    const add = (statement, scale, item, value) => {
      const key = `${statement} ${scale} ${item}`;
      items.set(key, { statement, scale, item, values: [...(items.get(key)?.values ?? []), value] });
    };
    for (const row of observations.filter(row => row.readout === readout)) {
      add(false, row.trait, row.item, row.d + index / 10);
    }
    for (const row of ratings.filter(row => row.readout === readout)) {
      add(true, row.domain, row.item, row.keyed === 'plus' ? row.value : 6 - row.value);
    }
    return [...items.values()].map(({ values, ...item }) => ({ ...item, readout, value: mean(values) }));
  });
  const rows = observations.length + ratings.length;
  return { setting: index, values, locked: false, refusals: 0, rows, device: null };
}

/** Where settings lie by their first two scales, as if these were the components. */
function planes(scales) {
  return ['letters', 'continuation'].flatMap(readout => {
    const [first, second] = scales.filter(scale => scale.readout === readout);
    if (!second || first.scores.length < 4) return [];
    const components = {
      explained: [0.7, 0.2],
      weights: [
        [0.9, 0.1],
        [0.1, 0.9],
      ],
      points: first.values.map((value, i) => [value, second.values[i]]),
    };
    return [
      {
        statement: first.statement,
        readout,
        scales: [first.scale, second.scale],
        settings: first.scores.map(([setting]) => setting),
        components,
        apart: null,
      },
    ];
  });
}

export function summariseStudy(study, answers) {
  const scales = new Map();
  for (const { setting, values } of answers) {
    for (const { statement, scale, readout, item, value } of values) {
      const key = `${readout} ${statement} ${scale}`;
      const found = scales.get(key) ?? { statement, scale, readout, items: new Set(), of: new Map() };
      found.items.add(item);
      found.of.set(setting, [...(found.of.get(setting) ?? []), value]);
      scales.set(key, found);
    }
  }
  const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;
  const all = [...scales.values()].map(({ items, of, ...scale }) => {
    const scores = [...of].map(([place, values]) => [place, mean(values)]);
    const values = scores.map(([, score]) => score);
    return { ...scale, items: items.size, scores, values };
  });
  const aims = [
    ...new Set(study.factors.flatMap(({ levels }) => levels.flatMap(({ trait }) => trait ?? []))),
  ];
  const ladders = aims.flatMap(trait =>
    all.flatMap(({ statement, scale, readout, scores }) => {
      const steps = scores.flatMap(([place, median]) => {
        const level = levelsOf(study, setting(study, place)).find(own => own.trait === trait);
        return level ? [{ rank: level.rank, settings: 1, median }] : [];
      });
      if (steps.length < 2) return [];
      const range = steps.at(-1).median - steps[0].median;
      return [{ trait, statement, scale, readout, rho: 0.9, range, steps }];
    }),
  );
  return {
    settings: answers.length,
    locked: 0,
    scales: all.map(({ scores: _, values, ...scale }) => ({
      ...scale,
      settings: values.length,
      mean: mean(values),
      lowest: Math.min(...values),
      highest: Math.max(...values),
      sd: values.length > 1 ? 0.5 : null,
      reliability: {
        respondents: values.length,
        items: scale.items,
        alpha: 0.71,
        alpha_low: 0.6,
        alpha_high: 0.8,
        lambda6: 0.7,
        omega: 0.72,
        split_half: 0.69,
      },
      people: null,
      levels: study.factors.flatMap(factor =>
        factor.levels.map(({ name }) => ({
          factor: factor.name,
          level: name,
          settings: 1,
          difference: 0.1,
          p: 0.01,
          adjusted: 0.02,
        })),
      ),
    })),
    ladders,
    planes: planes(all),
    validity: [],
  };
}

export function parseStudyResult(bytes) {
  const result = json(bytes);
  if (result.format !== 'traitscope-study-result') throw invalid('it is no result of a study');
  return { ...result, summary: summariseStudy(result.study, result.answers) };
}

const isOf = (one, other) =>
  JSON.stringify({ ...one.study, settings: null }) === JSON.stringify({ ...other.study, settings: null });

/** The scores of a scale under each setting. */
function scores(answers, { statement, scale, readout }) {
  const own = value => value.statement === statement && value.scale === scale && value.readout === readout;
  const under = answers.map(({ setting, values }) => [setting, values.filter(own).map(({ value }) => value)]);
  return new Map(
    under
      .filter(([, values]) => values.length > 0)
      .map(([setting, values]) => [setting, values.reduce((sum, value) => sum + value, 0) / values.length]),
  );
}

export function compareStudies(before, after) {
  const other = !isOf(before, after) ? 'another study' : before.items !== after.items ? 'other items' : null;
  if (other) throw invalid(`the two results are of ${other}, and cannot be compared`);
  return ['letters', 'continuation'].flatMap(readout => {
    const scales = before.summary.scales.filter(scale => scale.readout === readout);
    const rows = scales.flatMap(({ statement, scale }) => {
      const of = ({ answers }) => scores(answers, { statement, scale, readout });
      const found = paired(of(before), of(after));
      if (!found) return [];
      const { changes: _, items: settings, unpaired: __, ...change } = found;
      return [{ statement, scale, readout, settings, ...change }];
    });
    adjust(rows);
    return rows;
  });
}

export function joinStudyResults(one, other) {
  if (!isOf(one, other)) throw invalid('the two results are of another study, and cannot be put together');
  if (one.model_sha256 !== other.model_sha256) {
    throw invalid('the two results are of another model file, and cannot be put together');
  }
  if (one.activations !== other.activations) {
    throw invalid('the two results are of other arithmetic, and cannot be put together');
  }
  const known = new Set(one.answers.map(({ setting }) => setting));
  const added = other.answers.filter(({ setting }) => !known.has(setting));
  const answers = [...one.answers, ...added].toSorted((a, b) => a.setting - b.setting);
  return { ...one, answers, summary: summariseStudy(one.study, answers) };
}
