// llama.cpp in WebAssembly. Runs in the browser.
//
// Its interface completes texts and tells the log-probability of each token that it writes. A prompt that begins like the
// one before is not computed again (`cache_prompt`). A given answer is scored by a grammar that lets it write nothing
// else: the log-probabilities it tells are those before the grammar.

/** So many of the most probable tokens are asked for, until the four labels are among them. */
const PROBABLE = [100, 1000, 10_000];
const CONTEXT = 1024;

export async function load({ base, file, threads }) {
  const folder = `${base}peers/@wllama/wllama/esm`;
  const { Wllama, LoggerWithoutDebug } = await import(`${folder}/index.js`);
  const wllama = new Wllama(
    { default: `${folder}/wasm/wllama.wasm` },
    { suppressNativeLog: true, logger: { ...LoggerWithoutDebug, log() {} } },
  );
  const { modelManager } = wllama;
  const stored = (await modelManager.getModels()).length > 0;
  await wllama.loadModelFromUrl(`${base}traitscope/models/${file}`, {
    n_threads: threads,
    n_gpu_layers: 0,
    n_ctx: CONTEXT,
  });
  const used = wllama.isMultithread() ? wllama.getNumThreads() : 1;
  if (used !== threads) throw new Error(`wllama runs ${used} threads, not ${threads}`);

  const complete = async ({ text, tokens }, options) => {
    const answer = await wllama.createCompletion({ prompt: text, temperature: 0, ...options });
    const read = answer.usage.prompt_tokens;
    if (read !== tokens.length) throw new Error(`wllama read ${read} tokens, not ${tokens.length}`);
    return { ...answer, rows: answer.choices[0].logprobs?.content ?? [] };
  };
  const labels = async (prompt, ids) => {
    for (const n_probs of PROBABLE) {
      const { rows } = await complete(prompt, { max_tokens: 1, n_probs, cache_prompt: true });
      const told = new Map(rows[0].top_logprobs.map(({ id, logprob }) => [id, logprob]));
      if (ids.every(id => told.has(id))) return ids.map(id => told.get(id));
    }
    throw new Error('wllama did not tell the probabilities of the labels');
  };

  return {
    device: `CPU, ${used} thread${used > 1 ? 's' : ''}`,
    stored,
    async prefill(prompt) {
      const { rows, usage } = await complete(prompt, { max_tokens: 1, n_probs: 1, cache_prompt: false });
      if (usage.prompt_tokens_details.cached_tokens > 0)
        throw new Error('wllama took the prompt from its cache');
      return { id: rows[0].id, logprob: rows[0].logprob };
    },
    async write(prompt, count) {
      const { usage, choices } = await complete(prompt, {
        max_tokens: count,
        ignore_eos: true,
        cache_prompt: true,
      });
      return { count: usage.completion_tokens, text: choices[0].text };
    },
    async letters({ letters }) {
      const found = {};
      for (const [layout, { prompt, keys, ids }] of Object.entries(letters)) {
        const values = await labels(prompt, ids);
        found[layout] = Object.fromEntries(keys.map((key, place) => [key, values[place]]));
      }
      return found;
    },
    async continuation({ prompt, options }) {
      const sums = {};
      for (const [key, tokens] of Object.entries(options)) {
        const grammar = `root ::= ${tokens.map(id => `<[${id}]>`).join(' ')}`;
        const { rows } = await complete(prompt, {
          max_tokens: tokens.length,
          n_probs: 1,
          grammar,
          cache_prompt: true,
        });
        const same = rows.length === tokens.length && rows.every(({ id }, place) => id === tokens[place]);
        if (!same) throw new Error('wllama wrote something else than the answer');
        sums[key] = rows.reduce((sum, { logprob }) => sum + logprob, 0);
      }
      return sums;
    },
    close: () => wllama.exit(),
  };
}
