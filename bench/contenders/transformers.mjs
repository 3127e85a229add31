// transformers.js, that is ONNX Runtime in WebAssembly or on WebGPU. Runs in the browser.
//
// Its models take keys and values of earlier tokens and give logits for as many last positions as asked. Both
// layouts of a letter item go through the part that they share once, the four answers of an item go through as one
// batch after the situation.

const RUNTIME = 'ort-wasm-simd-threaded.asyncify';

const shared = (a, b) => {
  let length = 0;
  while (length < Math.min(a.length, b.length) - 1 && a[length] === b[length]) length += 1;
  return length;
};

const logsumexp = row => {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of row) if (value > most) most = value;
  let sum = 0;
  for (const value of row) sum += Math.exp(value - most);
  return most + Math.log(sum);
};

/** One copy of each key and value for each answer of a batch. */
async function repeated(past, times, Tensor) {
  const copies = {};
  for (const [name, tensor] of Object.entries(past)) {
    const data = tensor.location === 'cpu' ? tensor.data : await tensor.ort_tensor.getData();
    const all = new Float32Array(data.length * times);
    for (let copy = 0; copy < times; copy += 1) all.set(data, copy * data.length);
    copies[name] = new Tensor('float32', all, [times, ...tensor.dims.slice(1)]);
  }
  return copies;
}

async function open({ base, device, threads, folder }) {
  const { env, AutoModelForCausalLM, Tensor } = await import(
    `${base}peers/@huggingface/transformers/dist/transformers.min.js`
  );
  // The bench's server in the place of the model hub, so that the browser keeps the file as it would from there.
  Object.assign(env, { allowLocalModels: false, remoteHost: base, remotePathTemplate: '{model}/' });
  const runtime = `${base}peers/onnxruntime-web/dist/${RUNTIME}`;
  env.backends.onnx.wasm.wasmPaths = { mjs: `${runtime}.mjs`, wasm: `${runtime}.wasm` };
  env.backends.onnx.wasm.numThreads = threads;
  const stored = await caches.has(env.cacheKey ?? 'transformers-cache');
  const model = await AutoModelForCausalLM.from_pretrained(folder, { dtype: 'q4', device });
  return { model, Tensor, stored, used: env.backends.onnx.wasm.numThreads };
}

export async function load(options) {
  const { model, Tensor, stored, used } = await open(options);
  const size = model.config.vocab_size;
  const whole = (values, dims) => new Tensor('int64', BigInt64Array.from(values, BigInt), dims);

  /** Logits of the last `keep` positions of each row, after `start` tokens whose keys and values are in `past`. */
  const forward = async (rows, { keep = 1, past = null, start = 0 } = {}) => {
    const length = Math.max(...rows.map(row => row.length));
    const padded = rows.flatMap(row => [...row, ...Array(length - row.length).fill(0)]);
    const seen = rows.flatMap(row => [
      ...Array(start + row.length).fill(1),
      ...Array(length - row.length).fill(0),
    ]);
    const places = rows.flatMap(() => Array.from({ length }, (_, place) => start + place));
    const output = await model.forward({
      input_ids: whole(padded, [rows.length, length]),
      attention_mask: whole(seen, [rows.length, start + length]),
      position_ids: whole(places, [rows.length, length]),
      num_logits_to_keep: whole([keep], []),
      past_key_values: past,
    });
    const { logits, ...present } = output;
    const kept = Object.entries(present).map(([name, tensor]) => [
      name.replace('present', 'past_key_values'),
      tensor,
    ]);
    const data = logits.location === 'cpu' ? logits.data : await logits.ort_tensor.getData();
    return {
      past: Object.fromEntries(kept),
      at: (row, place) => data.subarray((row * keep + place) * size, (row * keep + place + 1) * size),
    };
  };
  const release = past => {
    for (const tensor of Object.values(past)) tensor.dispose();
  };

  return {
    device: options.device === 'webgpu' ? 'WebGPU' : `CPU, ${used} thread${used > 1 ? 's' : ''}`,
    stored,
    async prefill({ tokens }) {
      const { at, past } = await forward([tokens]);
      release(past);
      const row = at(0, 0);
      const id = row.reduce((best, value, place) => (value > row[best] ? place : best), 0);
      return { id, logprob: row[id] - logsumexp(row) };
    },
    async write({ tokens }, count) {
      const output = await model.generate({
        input_ids: whole(tokens, [1, tokens.length]),
        attention_mask: whole(Array(tokens.length).fill(1), [1, tokens.length]),
        max_new_tokens: count,
        min_new_tokens: count,
        do_sample: false,
      });
      const written = Array.from(output.data, Number).slice(tokens.length);
      return { count: written.length, tokens: written };
    },
    async letters({ letters }) {
      const prompts = Object.values(letters).map(({ prompt }) => prompt.tokens);
      const start = shared(...prompts);
      const { past } = await forward([prompts[0].slice(0, start)]);
      const found = {};
      for (const [layout, { prompt, keys, ids }] of Object.entries(letters)) {
        const { at, past: mine } = await forward([prompt.tokens.slice(start)], { past, start });
        const row = at(0, 0);
        const total = logsumexp(row);
        found[layout] = Object.fromEntries(keys.map((key, place) => [key, row[ids[place]] - total]));
        release(mine);
      }
      release(past);
      return found;
    },
    async continuation({ prompt, options: answers }) {
      const first = await forward([prompt.tokens]);
      const keys = Object.keys(answers);
      // The last token of an answer predicts nothing that is asked.
      const rows = keys.map(key => answers[key].slice(0, -1));
      const keep = Math.max(...rows.map(row => row.length));
      const copies = await repeated(first.past, rows.length, Tensor);
      const { at, past } = await forward(rows, { keep, past: copies, start: prompt.tokens.length });
      const sums = keys.map((key, row) =>
        answers[key].reduce((sum, id, place) => {
          const logits = place === 0 ? first.at(0, 0) : at(row, place - 1);
          return sum + logits[id] - logsumexp(logits);
        }, 0),
      );
      release(first.past);
      release(past);
      return Object.fromEntries(keys.map((key, place) => [key, sums[place]]));
    },
    close: () => model.dispose(),
  };
}
