// Stands in for the wasm module where the page itself is tested: the same surface, made-up numbers, and on
// request the failures that cannot be made to happen with the real one. What it does is written in the "model":
// the bytes GGUF followed by a JSON object (see `standard`).

import { answerFact, forwards, judge, observe, summarise } from './answers.js';
import { coherence } from './coherence.js';
import { effect, summariseEffect } from './effects.js';
import { ends } from './ends.js';
import { freeAnswers } from './free-answers.js';
import { difference, monitoring } from './monitoring.js';
import { forms, rateFacts, rateStatement, summariseRatings } from './ratings.js';

export { bundledItems, judge as gate, parseInstrument, summarise } from './answers.js';
export { compareAnswers } from './comparison.js';
export {
  gaussian,
  orthogonal,
  parseTrait,
  readDirections,
  summariseEffect,
  writeDirections,
} from './effects.js';
export { summariseFree } from './free-answers.js';
export { parseTexts, summariseMonitoring } from './monitoring.js';
export { summariseRatings } from './ratings.js';
export { Sha256 } from './sha256.js';
export {
  compareStudies,
  joinStudyResults,
  parseStudy,
  parseStudyResult,
  settingAnswers,
  studyGate,
  studyInventory,
  studyReadouts,
  studyRequest,
  studySettings,
  summariseStudy,
} from './studies.js';

const standard = {
  name: 'Double-135M',
  gpu: false,
  selfTest: 'pass', // 'pass', 'fail' (on the GPU, which is then left), 'throw' (on the GPU), 'wrong' (wherever)
  testTime: 20, // milliseconds the self-test takes
  step: 5, // milliseconds a forward
  loseDeviceAfter: null, // forwards
  crashAfter: null, // forwards, of a test; of a study and of a text, those of the model
  crash: 'trap', // 'trap', 'memory' (the module's own cannot grow), 'buffer' (that of JavaScript cannot)
  breakOn: null, // 'gpu', 'cpu': where the weights do not all come
  alone: false, // has no room beside another model
  lettersPass: false,
  prompt: 2, // tokens of the prompt of a text
  says: null, // each word of a text; null for one that tells of the first push
  licence: 'Apache-2.0',
  chat: true, // whether it has a chat template
};

/** Models in memory. */
let live = 0;

export default async function init({ module_or_path }) {
  const compiled = module_or_path instanceof WebAssembly.Module;
  await WebAssembly.instantiate(
    compiled ? module_or_path : await (await fetch(module_or_path)).arrayBuffer(),
  );
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
  #forwards = 0;

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
      licence: this.plan.licence,
      has_chat_template: this.plan.chat,
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
    // What failed is what is told of.
    const tested = failed ? 'gpu' : this.kind;
    return {
      passed: this.plan.selfTest !== 'wrong' && !failed,
      device: tested,
      method: 'golden',
      max_error: failed ? 1.2 : 0.0004,
      tolerance: 0.01,
      milliseconds: 20,
      message: '',
      fell_back: failed,
    };
  }
  async operationCost() {
    return { encode: 0.02, whole: 0.05, token: 4 };
  }
  async logits({ tokens = [1, 2, 3], top }) {
    const list = Array.from({ length: top }, (_, id) => ({ id, token: `t${id}`, logit: 10 - id }));
    return { tokens, top: list, logsumexp: 11 };
  }
  /** Words that tell of the first push; meters read the number of the token. */
  async generate({ max_tokens, steering = [], meters = [], tokens: told, messages }, onToken, control) {
    this.#inUse();
    if (messages) this.#needsChat();
    const given = told ?? Array.from({ length: this.plan.prompt }, (_, i) => i);
    const dose = steering[0]?.edit.dose ?? 0;
    const word = this.plan.says ?? (dose > 0 ? ' kind' : dose < 0 ? ' cross' : ' plain');
    const reading = at => ({
      projections: at,
      cosines: at.map(() => 0.1),
      z: at.map(i => i / 10 + 10 * dose),
    });
    const read = at => meters.map(() => reading(at));
    const tokens = [];
    let past = [...given.keys()];
    while (tokens.length < max_tokens && !control.cancelled) {
      onToken({ id: tokens.length, text: word, readings: read(past) });
      past = [given.length + tokens.length];
      tokens.push(tokens.length);
      await this.#step();
    }
    const stop = control.cancelled ? 'cancelled' : 'length';
    const pieces = [...given.map(() => ' prompt'), ...tokens.map(() => word)];
    const all = [...pieces.keys()].slice(0, given.length + Math.max(0, tokens.length - 1));
    return { text: word.repeat(tokens.length), tokens, stop, prompt: given, pieces, readings: read(all) };
  }
  async extract({ artefact }, onProgress, _onResponse, control) {
    this.#inUse();
    const { high, low } = artefact.statements;
    if (high.some(text => low.includes(text))) {
      const message = `no direction can be made of this: ${JSON.stringify(high[0])} stands on both sides`;
      throw { code: 'contrast.invalid', message, detail: null };
    }
    const total = high.length + low.length;
    for (let done = 0; done <= total; done += 1) {
      onProgress({ phase: 'texts', done, total });
      await this.#step();
      if (control.cancelled) throw { code: 'run.cancelled', message: 'stopped on request', detail: null };
    }
    const neutral = { norm: 10, mean: 0, sd: 1 };
    const layers = [3, 20].map(layer => ({ layer, vector: [2, 1], neutral }));
    const known = { method: 'statements', architecture: 'llama', model_sha256: null };
    const vectors = { trait: artefact.name, ...known, layers };
    const separation = Array.from({ length: 31 }, () => 0.83);
    return { vectors, separation, high: high.length, low: low.length, responses: [] };
  }
  async calibrate(vectors) {
    this.#inUse();
    await sleep(this.plan.step);
    return vectors;
  }
  async shuffled(_request, _layer, count) {
    await sleep(this.plan.step);
    return Array.from({ length: count }, (_, i) => [1, i + 1]);
  }
  /** A step of a study or a text, at which the device may be lost and the module may end. */
  async #step() {
    await sleep(this.plan.step);
    this.#forwards += 1;
    if (this.#forwards === this.plan.crashAfter) await this.#crash();
    const { loseDeviceAfter } = this.plan;
    if (loseDeviceAfter !== null && this.#forwards >= loseDeviceAfter && this.kind === 'gpu') {
      throw { code: 'device.lost', message: 'the GPU was lost: the double was told to', detail: null };
    }
  }
  async effect(request, onEvent, control) {
    this.#inUse();
    this.#fits(request.test);
    const { observations, cancelled } = await effect(request, onEvent, control, () => this.#step());
    return { observations, summary: summariseEffect(request, observations), cancelled };
  }
  async coherence(request, onProgress, control) {
    this.#inUse();
    this.#fits(request);
    return coherence(request, onProgress, control, () => this.#step());
  }
  async monitoring(request, onProgress, control) {
    this.#inUse();
    return monitoring(request, onProgress, control, () => this.#step());
  }
  async freeAnswers(request, onProgress, control) {
    this.#inUse();
    return freeAnswers(request, onProgress, control, () => this.#step());
  }
  async difference(request, onProgress, control) {
    this.#inUse();
    this.#fits(request);
    return difference(request, onProgress, control, () => this.#step());
  }
  async check(request) {
    this.#inUse();
    this.#fits(request);
    for (const item of request.items.items) {
      if (item.situation.length > 5000) throw tooLong;
    }
  }
  async score(request, onEvent, control) {
    this.#inUse();
    this.#fits(request);
    const observations = [];
    const plans = request.items.items.flatMap(item => forwards(item, request));
    const { inventory } = request;
    const statements = (inventory?.items ?? []).flatMap((item, place) =>
      forms(request).map(form => rateStatement(item, form, inventory, place)),
    );
    const [from, to] = request.gate_range ?? [0, request.gate_questions];
    const asked = inventory ? 2 * forms({ ...request, templates: ['T1'] }).length : request.readouts.length;
    const gateTotal = (to - from) * asked;
    const answers = [];
    const ratings = [];
    const facts = [];
    const total = gateTotal + plans.length + statements.length;
    let forward = 0;
    const step = async () => {
      await sleep(this.plan.step);
      forward += 1;
      if (forward === this.plan.crashAfter) await this.#crash();
      if (forward === this.plan.loseDeviceAfter && this.kind === 'gpu') {
        throw { code: 'device.lost', message: 'the GPU was lost: the double was told to', detail: null };
      }
    };
    onEvent({
      type: 'plan',
      questions: total,
      items: request.items.items.length + (inventory?.items.length ?? 0),
    });
    if (request.gate_questions > 0 && inventory) {
      for (const form of forms({ ...request, templates: ['T1'] })) {
        for (let n = from; n < to && !control.cancelled; n += 1) {
          await step();
          facts.push(...rateFacts(n, form, inventory));
          onEvent({ type: 'progress', done: facts.length, total, items_done: 0, phase: 'gate' });
        }
      }
    } else if (request.gate_questions > 0) {
      for (const readout of request.readouts) {
        for (let n = from; n < to && !control.cancelled; n += 1) {
          await step();
          answers.push(answerFact(readout, n, this.plan));
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
    for (const rating of statements) {
      if (control.cancelled) break;
      await step();
      ratings.push(rating);
      done += 1;
      onEvent({ type: 'rating', rating });
      const items_done = Math.floor((done * inventory.items.length) / statements.length);
      onEvent({ type: 'progress', done: gateTotal + done, total, items_done, phase: 'items' });
    }
    return {
      observations,
      ratings,
      facts,
      gate_answers: answers,
      summary: {
        ...summarise(observations, judge(answers, request.gate_questions), request.seed),
        likert: summariseRatings(ratings, facts, request.gate_questions, inventory?.norms ?? []),
      },
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

  #needsChat() {
    if (this.plan.chat) return;
    const message = 'this model has no chat template; use the raw mode';
    throw { code: 'request.invalid', message, detail: null };
  }

  #fits({ prompt_mode }) {
    if (prompt_mode === 'chat') this.#needsChat();
  }

  /** As in the real module, the call during which it happens never answers. */
  #crash() {
    queueMicrotask(ends[this.plan.crash]);
    return new Promise(() => undefined);
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

export function version() {
  return '0.1.0-double';
}

function sleep(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
