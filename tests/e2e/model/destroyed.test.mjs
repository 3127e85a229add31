// A GPU that is taken away at a chosen moment of each kind of work, with the real model: a few lines before the worker's own script destroy
// the device at one of the core's calls. Each time code and message are told, what was finished is there, and what was asked is had on the
// CPU, or on the GPU once more, with the numbers of an undisturbed run.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { entry } from '../model-support.mjs';
import { beforeWorker, dist, empty, launch, serve } from '../support.mjs';

const TOLERANCE = 0.01;
const LOST = /^the GPU was lost: [^\n]+/;

/**
 * Runs in the worker before its own script. A message says when the device is destroyed: at the `number`th of a kind of calls once so many
 * forwards are behind it (each reads its results once), or at once where it names no call. The answer is how many calls there were before.
 */
const DESTROYS = `
  const channel = new BroadcastChannel('device');
  let [device, plan, since, calls] = [null, null, 0, {}];
  channel.onmessage = ({ data }) => {
    channel.postMessage(calls);
    [plan, since, calls] = [data, 0, {}];
    if (plan && !plan.call) device.destroy();
  };
  const watch = (kind, name) => {
    const call = kind.prototype[name];
    kind.prototype[name] = function (...given) {
      if (kind === GPUDevice) device = this;
      if (plan?.call === name && (calls.mapAsync ?? 0) >= plan.forwards && ++since === plan.number) device.destroy();
      calls[name] = (calls[name] ?? 0) + 1;
      return call.apply(this, given);
    };
  };
  watch(GPUDevice, 'createBuffer');
  watch(GPUQueue, 'submit');
  watch(GPUBuffer, 'mapAsync');`;

/** In the middle of a forward that comes after so many others. */
const inForward = forwards => ({ call: 'submit', forwards, number: 4 });

/** What the page has at hand as `window.tried`: things to ask the model that is `window.model`. */
function prepare() {
  const channel = new BroadcastChannel('device');
  const plan = when =>
    new Promise(resolve => {
      channel.onmessage = ({ data }) => resolve(data);
      channel.postMessage(when);
    });
  const outcome = work =>
    work().then(
      result => ({ result }),
      ({ code, message }) => ({ code, message }),
    );
  const statements = {
    high: ['I am up at five.', 'I greet the sun.', 'I stretch.'],
    low: ['I am up at noon.', 'I greet the moon.', 'I yawn.'],
  };
  const artefact = {
    name: 'early-rising',
    label: 'Early rising',
    version: '',
    licence: '',
    language: '',
    description: '',
    high: '',
    low: '',
    statements,
    instructions: [],
    questions: { extract: [], evaluate: [] },
    rubric: '',
  };
  const prompt = 'The kettle is on, and the window is open.';
  window.tried = {
    plan,
    outcome,
    /** Items that fill a forward each. */
    async score(count, more = {}) {
      const heard = [];
      const { items } = await window.library.bundledItems();
      const result = await window.model.score({
        items: [items[0], items[30]].slice(0, count),
        readout: 'continuation',
        gate: 0,
        onObservation: ({ item }) => heard.push(item),
        onNotice: notice => heard.push(notice),
        ...more,
      });
      return { ...result, heard };
    },
    async write() {
      const { layer, vector, neutral } = window.direction;
      const heard = [];
      const asked = outcome(() =>
        window.model.generate({
          prompt,
          maxTokens: 10,
          steering: [{ layer, vector, norm: neutral.norm, edit: { type: 'add', dose: 0.2 } }],
          meters: [window.direction],
          onToken: ({ id }) => heard.push(id),
        }),
      );
      return { ...(await asked), heard };
    },
    async hidden() {
      const { values } = await window.model.hidden({ prompt });
      return [...values];
    },
    async meter() {
      const notices = [];
      const { items } = await window.library.bundledItems();
      const result = await window.model.monitoring({
        items: [items[0]],
        meter: window.direction,
        personas: [{ name: 'kind', system: 'You are kind.' }],
        onNotice: notice => notices.push(notice),
      });
      return { ...result, notices };
    },
    async extract() {
      const notices = [];
      const extraction = await window.model.extract({ artefact, onNotice: notice => notices.push(notice) });
      return { ...extraction, notices };
    },
  };
}

describe('a GPU that is destroyed', { timeout: 900_000 }, () => {
  let server;
  let browser;
  let page;
  /** What the work gives undisturbed. */
  let whole;
  let uploads;

  before(async () => {
    server = await serve(dist, { ...empty, ...(await beforeWorker(dist, () => DESTROYS)) });
    browser = await launch({ gpu: true });
    page = await browser.context.newPage();
    await page.goto(`${server.url}empty.html`);
    await page.evaluate(prepare);
    whole = await page.evaluate(async id => {
      window.library = await import(new URL('traitscope.js', location.href).href);
      window.open = device => window.library.openModel(id, { device });
      window.model = await window.open('cpu');
      const catalogue = await window.library.fetchCatalogue(new URL('models/catalog.json', location.href));
      const [entry] = catalogue.models;
      const vectors = await window.library.fetchDirections(catalogue, entry);
      const { layers } = vectors.find(({ trait }) => trait === 'agreeableness');
      window.direction = layers.find(({ layer }) => layer === entry.layers.agreeableness);
      const { score, write, hidden, meter, extract } = window.tried;
      const results = { score: await score(2), write: await write(), hidden: await hidden() };
      return { ...results, meter: await meter(), extract: await extract() };
    }, entry.id);
    // A device for the first time, whose calls are counted.
    uploads = await page.evaluate(async () => {
      await window.model.close();
      await window.tried.plan(null);
      window.model = await window.open('gpu');
      return (await window.tried.plan(null)).createBuffer;
    });
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Does something with the model on a GPU of its own that is destroyed then. */
  async function destroyed(when, work) {
    const kind = await page.evaluate(async when => {
      if (window.model.info.device.kind !== 'gpu') await window.model.moveTo('gpu');
      await window.tried.plan(when);
      return window.model.info.device.kind;
    }, when);
    assert.equal(kind, 'gpu');
    return page.evaluate(work);
  }

  /** Runs in the page: the device that the model is on. */
  const device = () => page.evaluate(() => window.model.info.device);

  function near(found, wanted, what) {
    assert.equal(found.length, wanted.length, what);
    for (const [i, value] of found.entries()) {
      // Values of the stream go into the thousands.
      const apart = Math.abs(value - wanted[i]) / Math.max(1, Math.abs(wanted[i]));
      assert.ok(apart <= TOLERANCE, `${what}, ${i}: ${value}, not ${wanted[i]}`);
    }
  }

  function sameAnswers(found, wanted) {
    const ids = rows => rows.map(({ item }) => item);
    assert.deepEqual(ids(found), ids(wanted));
    for (const [i, { item, options, p_high, d }] of found.entries()) {
      const values = row => [...row.options.map(({ logprob }) => logprob), row.p_high, row.d];
      near(values({ options, p_high, d }), values(wanted[i]), item);
    }
  }

  test('while the later weights go to it is told, and the model is opened there at the next try', async () => {
    assert.ok(uploads > 200, `${uploads} buffers`);
    // Early enough for the news to come before the last of them is there; what comes later is the self-test's.
    const late = { call: 'createBuffer', forwards: 0, number: Math.round(0.6 * uploads) };
    const { code, message } = await page.evaluate(async when => {
      await window.model.close();
      await window.tried.plan(when);
      return window.tried.outcome(() => window.open('gpu'));
    }, late);
    assert.equal(code, 'device.lost');
    assert.match(message, LOST);
    const again = await page.evaluate(async () => {
      window.model = await window.open('gpu');
      return { stored: window.model.fromStorage, kind: window.model.info.device.kind };
    });
    assert.deepEqual(again, { stored: true, kind: 'gpu' });
  });

  test('in the self-test is left for the CPU, which passes it', async () => {
    const test = await destroyed(inForward(0), () => window.model.selfTest());
    assert.deepEqual([test.passed, test.fell_back, test.device], [false, true, 'gpu']);
    const { kind, notice } = await device();
    assert.equal(kind, 'cpu');
    assert.equal(notice.code, 'device.lost');
    assert.match(notice.message, /^the GPU was lost: .+ The model runs on the CPU instead$/);
    const again = await page.evaluate(() => window.model.selfTest());
    assert.deepEqual([again.passed, again.device], [true, 'cpu']);
  });

  test('in the middle of a test costs none of its answers, and the test goes on on the CPU', async () => {
    const { heard, observations, cancelled } = await destroyed(inForward(1), () => window.tried.score(2));
    const [first, notice, second] = heard;
    assert.deepEqual([first, second], [whole.score.heard[0], whole.score.heard[1]]);
    assert.equal(notice.code, 'device.lost');
    assert.match(notice.message, /^the GPU was lost: .+\. The test goes on on the CPU\.$/);
    assert.equal(cancelled, false);
    sameAnswers(observations, whole.score.observations);
    assert.equal((await device()).kind, 'cpu');
  });

  test('between two tests has the next one go to the CPU', async () => {
    const { heard, observations } = await destroyed({}, () => window.tried.score(1));
    assert.equal(heard[0].code, 'device.lost');
    assert.match(heard[0].message, LOST);
    sameAnswers(observations, whole.score.observations.slice(0, 1));
    assert.equal((await device()).kind, 'cpu');
  });

  test('while a steered text is written leaves what is written, and another GPU writes it whole', async () => {
    const { code, message, heard } = await destroyed(inForward(6), () => window.tried.write());
    assert.equal(code, 'device.lost');
    assert.match(message, LOST);
    const { tokens, readings } = whole.write.result;
    assert.ok(heard.length >= 5 && heard.length < tokens.length, `${heard}`);
    assert.deepEqual(heard, tokens.slice(0, heard.length));
    // What is lost stays lost until the model has another device.
    const { lost, again } = await page.evaluate(async () => {
      const lost = await window.tried.write();
      await window.model.moveTo('gpu');
      return { lost, again: await window.tried.write() };
    });
    assert.equal(lost.code, 'device.lost');
    assert.deepEqual(again.result?.tokens, tokens, again.message);
    near(again.result.readings[0].z, readings[0].z, 'z');
  });

  test('while the stream is read is told, and the CPU reads it', async () => {
    const when = { call: 'mapAsync', forwards: 0, number: 1 };
    const { code, message } = await destroyed(when, () => window.tried.outcome(window.tried.hidden));
    assert.equal(code, 'device.lost');
    assert.match(message, LOST);
    const again = await page.evaluate(async () => {
      await window.model.moveTo('cpu');
      return window.tried.hidden();
    });
    near(again, whole.hidden, 'stream');
  });

  test('while a meter is read before each answer costs no row, and the study goes on on the CPU', async () => {
    const { rows, notices, cancelled } = await destroyed(inForward(1), () => window.tried.meter());
    assert.equal(cancelled, false);
    assert.deepEqual(
      notices.map(({ code }) => code),
      ['device.lost'],
    );
    assert.match(notices[0].message, /^the GPU was lost: .+\. The study goes on on the CPU\.$/);
    const values = rows => rows.flatMap(({ z, d }) => [z, d]);
    assert.equal(rows.length, 2);
    near(values(rows), values(whole.meter.rows), 'rows');
  });

  test('while a direction is made is told, and the CPU makes it', async () => {
    const found = await destroyed(inForward(1), () => window.tried.extract());
    assert.deepEqual(
      found.notices.map(({ code }) => code),
      ['device.lost'],
    );
    assert.match(found.notices[0].message, /^the GPU was lost: .+\. It begins again on the CPU\.$/);
    const values = ({ vectors }) => vectors.layers.flatMap(({ vector }) => vector);
    near(values(found), values(whole.extract), 'direction');
    assert.deepEqual(found.separation, whole.extract.separation);
    assert.equal((await device()).kind, 'cpu');
  });
});
