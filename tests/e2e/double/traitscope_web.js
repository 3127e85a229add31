// Stands in for the wasm module where the page itself is tested: the same surface, made-up numbers, and on
// request the failures that cannot be made to happen with the real one. What it does is written in the "model":
// the bytes GGUF followed by a JSON object (see `standard`).

export { Sha256 } from './sha256.js';

const TRAITS = [
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
const standard = {
  name: 'Double-135M',
  gpu: false,
  selfTest: 'pass', // 'pass', 'fail' (on the GPU, which is then left), 'throw' (on the GPU), 'wrong' (wherever)
  testTime: 20, // milliseconds the self-test takes
  step: 5, // milliseconds a forward
  loseDeviceAfter: null, // forwards
  crashAfter: null, // forwards
  breakOn: null, // 'gpu', 'cpu': where the weights do not all come
  alone: false, // has no room beside another model
  lettersPass: false,
};

/** Models in memory. */
let live = 0;

export default async function init({ module_or_path }) {
  const response = await fetch(module_or_path);
  await WebAssembly.instantiate(await response.arrayBuffer());
}

export class Source {
  static fromBlob(blob) {
    return Object.assign(new Source(), { text: () => blob.text() });
  }
  static fromHandle(handle) {
    return Object.assign(new Source(), {
      text: async () => {
        const bytes = new Uint8Array(handle.getSize());
        handle.read(bytes, { at: 0 });
        return new TextDecoder().decode(bytes);
      },
    });
  }
}

const tooLong = { code: 'prompt.length', message: 'the text does not fit the context', detail: null };

export class Model {
  #freed = false;

  static async open(source, options, onProgress, control) {
    const text = await source.text();
    if (!text.startsWith('GGUF')) {
      throw {
        code: 'gguf.magic',
        message: 'not a GGUF model file: it does not begin with “GGUF”',
        detail: null,
      };
    }
    const plan = { ...standard, ...JSON.parse(text.slice(4)) };
    const where = device(plan, options.device);
    if (plan.alone && live > 0) {
      throw { code: 'device.memory', message: 'there is no room: the double was told to', detail: null };
    }
    for (let done = 0; done <= 10; done += 1) {
      onProgress({ phase: 'weights', done, total: 10 });
      await sleep(plan.step);
      if (control.cancelled) throw { code: 'run.cancelled', message: 'stopped on request', detail: null };
      if (done === 5 && plan.breakOn === where.kind) {
        throw {
          code: 'device.memory',
          message: 'its memory is used up: the double was told to',
          detail: null,
        };
      }
    }
    live += 1;
    return Object.assign(new Model(), { plan, options, bytes: text.length, ...where });
  }
  info() {
    this.#inUse();
    return {
      name: this.options.name,
      sha256: this.options.sha256 ?? null,
      architecture: 'llama',
      quantisation: 'Q4_1',
      parameters: 134_515_008,
      bytes: this.bytes,
      layers: 30,
      width: 576,
      heads: 9,
      kv_heads: 3,
      vocabulary: 49152,
      context: 2048,
      licence: 'Apache-2.0',
      has_chat_template: true,
      device: {
        kind: this.kind,
        adapter: this.kind === 'gpu' ? 'Double adapter' : '',
        backend: this.kind === 'gpu' ? 'WebGPU' : 'WebAssembly, 1 thread',
        limits: {},
        notice: this.notice,
      },
    };
  }
  async selfTest() {
    this.#inUse();
    await sleep(this.plan.testTime);
    if (this.plan.selfTest === 'throw' && this.kind === 'gpu') {
      throw { code: 'device.lost', message: 'the GPU was lost: the double was told to', detail: null };
    }
    const failed = this.plan.selfTest === 'fail' && this.kind === 'gpu';
    if (failed) this.kind = 'cpu';
    return {
      passed: this.plan.selfTest !== 'wrong',
      device: this.kind,
      method: 'golden',
      max_error: 0.0004,
      tolerance: 0.01,
      milliseconds: 20,
      message: '',
      fell_back: failed,
    };
  }
  async operationCost() {
    return { encode: 0.02, whole: 0.05 };
  }
  async logits({ tokens = [1, 2, 3], top }) {
    const list = Array.from({ length: top }, (_, id) => ({ id, token: `t${id}`, logit: 10 - id }));
    return { tokens, top: list, logsumexp: 11 };
  }
  async generate({ max_tokens }, onToken, control) {
    const tokens = [];
    while (tokens.length < max_tokens && !control.cancelled) {
      onToken({ id: tokens.length, text: ' word', readings: [] });
      tokens.push(tokens.length);
      await sleep(this.plan.step);
    }
    const stop = control.cancelled ? 'cancelled' : 'length';
    const pieces = [' prompt', ...tokens.map(() => ' word')];
    return { text: ' word'.repeat(tokens.length), tokens, stop, prompt: [0], pieces, readings: [] };
  }
  async check(request) {
    this.#inUse();
    for (const item of request.items.items) {
      if (item.situation.length > 5000) throw tooLong;
    }
  }
  async score(request, onEvent, control) {
    this.#inUse();
    const observations = [];
    const plans = request.items.items.flatMap(item => forwards(item, request));
    const [from, to] = request.gate_range ?? [0, request.gate_questions];
    const gateTotal = (to - from) * request.readouts.length;
    const answers = [];
    const total = gateTotal + plans.length;
    let forward = 0;
    const step = async () => {
      await sleep(this.plan.step);
      forward += 1;
      if (forward === this.plan.crashAfter) queueMicrotask(() => trap());
      if (forward === this.plan.crashAfter) await new Promise(() => undefined);
      if (forward === this.plan.loseDeviceAfter && this.kind === 'gpu') {
        throw { code: 'device.lost', message: 'the GPU was lost: the double was told to', detail: null };
      }
    };
    onEvent({ type: 'plan', questions: total, items: request.items.items.length });
    if (request.gate_questions > 0) {
      for (const readout of request.readouts) {
        for (let n = from; n < to && !control.cancelled; n += 1) {
          await step();
          answers.push({ item: `gate-${n}`, readout, right: isRight(readout, n, this.plan) });
          onEvent({ type: 'progress', done: forward, total, items_done: 0, phase: 'gate' });
        }
        if (control.cancelled) break;
        const [result] = judge(answers, request.gate_questions).filter(found => found.readout === readout);
        onEvent({ type: 'gate', result });
      }
    }
    let done = 0;
    for (const plan of plans) {
      if (control.cancelled) break;
      await step();
      // One that was not among those looked at before.
      if (plan.item.situation.length > 4000) throw tooLong;
      const observation = observe(plan);
      observations.push(observation);
      done += 1;
      onEvent({ type: 'observation', observation });
      const items_done = Math.floor((done * request.items.items.length) / plans.length);
      onEvent({ type: 'progress', done: gateTotal + done, total, items_done, phase: 'items' });
    }
    return {
      observations,
      gate_answers: answers,
      summary: summarise(observations, judge(answers, request.gate_questions), request.seed),
      cancelled: control.cancelled,
      activations: request.activations,
      rounding:
        request.activations === 'int8' && from === 0 && to > 0
          ? { answers: 15, changed: 1, mean: 0.0102, largest: 0.0229 }
          : null,
      program: `traitscope ${version()}`,
    };
  }
  free() {
    this.#inUse();
    this.#freed = true;
    live -= 1;
  }

  // As wasm-bindgen's classes do.
  #inUse() {
    if (this.#freed) throw new Error('null pointer passed to rust');
  }
}

function device(plan, wanted) {
  if (wanted === 'cpu') return { kind: 'cpu', notice: null };
  if (plan.gpu) return { kind: 'gpu', notice: null };
  const code = 'device.unavailable';
  if (wanted === 'gpu') throw { code, message: 'this browser offers no GPU to this page', detail: null };
  const message = 'This browser offers no GPU to this page, so the model runs on the CPU, which is slower.';
  return { kind: 'cpu', notice: { code, message } };
}

function forwards(item, { readouts, templates, layouts, paraphrases }) {
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

function observe({ item, readout, template, layout, paraphrased }) {
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

function isRight(readout, n, { lettersPass }) {
  const good = readout === 'continuation' || lettersPass;
  return good ? n % 8 !== 7 : n % 4 === 3;
}

export { judge as gate };

function judge(answers, asked) {
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
    letters: letters.length
      ? { histogram, mean_probability: [0.3, 0.25, 0.23, 0.22], locked: false, option_mass: 0.4, refusals: 0 }
      : null,
    gate,
    offered: passing[0] ?? null,
    sensitivities: letters.length
      ? [
          { readout: 'letters', kind: 'template', compared: 80, changed: 25, share: 0.31 },
          { readout: 'letters', kind: 'order', compared: 240, changed: 132, share: 0.55 },
        ]
      : [],
    seed,
    resamples: 2000,
  };
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

export function parseItems(bytes, name) {
  try {
    const items = JSON.parse(new TextDecoder().decode(bytes));
    items.forEach((item, row) => {
      if (!item.response_low1) {
        const message = `the item file cannot be used: row ${row + 1}, field response_low1: it is missing`;
        throw { code: 'items.invalid', message, detail: null };
      }
      item.id ??= `${item.personality}-${row + 1}`;
    });
    return { name, version: '', licence: '', items };
  } catch (error) {
    if (error.code) throw error;
    throw { code: 'items.invalid', message: `the item file cannot be used: ${error.message}`, detail: null };
  }
}

export function version() {
  return '0.1.0-double';
}

function sleep(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

// A real trap, as a panic of the real module is one.
function trap() {
  const unreachable = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 8, 1, 0, 10, 5, 1, 3, 0, 0, 11,
  ];
  return new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(unreachable)));
}
