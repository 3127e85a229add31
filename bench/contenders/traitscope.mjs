// Traitscope's own library, as any page uses it. Runs in the browser.

const LAYOUTS = ['forward', 'reversed'];
const LEAST_MS = 200;

/** Opens the model and lets the device check itself. */
export async function load({ base, device, workers = 1, activations = 'f32', model: id }) {
  const { openModel } = await import(`${base}traitscope/traitscope.js`);
  const model = await openModel(id, { device }).catch(({ code, message }) => {
    // Only the message of an error comes out of the page.
    throw new Error(`${code}: ${message}`);
  });
  const test = await model.selfTest();
  const { kind, adapter, backend } = model.info.device;
  if (kind !== device || !test.passed) throw new Error(`the ${device} is not usable: ${test.message}`);
  const score = (items, readout) =>
    model.score({ items, readout, templates: ['T1'], layouts: LAYOUTS, gate: 0, workers, activations });
  const items = tasks => tasks.map(({ item }) => item);
  const logprobs = ({ options }) => Object.fromEntries(options.map(({ key, logprob }) => [key, logprob]));

  return {
    device: `${adapter}, ${backend}`,
    stored: model.fromStorage,
    async prefill({ tokens }) {
      const { top, logsumexp } = await model.logits({ tokens, top: 1, activations });
      return { id: top[0].id, logprob: top[0].logit - logsumexp };
    },
    async write({ messages }, count) {
      const { tokens, text } = await model.generate({
        messages,
        maxTokens: count,
        temperature: 0,
        activations,
      });
      return { count: tokens.length, tokens, text };
    },
    /** A test of several items in one call, as the page gives it. */
    async letters(tasks) {
      const { observations } = await score(items(tasks), 'letters');
      const of = ({ item }) =>
        observations.filter(row => row.item === item.id && row.trait === item.personality);
      return tasks.map(task => Object.fromEntries(of(task).map(row => [row.layout, logprobs(row)])));
    },
    async continuation(tasks) {
      const { observations } = await score(items(tasks), 'continuation');
      return observations.map(logprobs);
    },
    /** Token ids of a text, or of a chat: what the peers are given. */
    async tokenize(request) {
      return (await model.logits({ ...request, top: 1 })).tokens;
    },
    /** Milliseconds of one tiny operation, over enough of them for a clock of whole milliseconds, and of queueing a token. */
    async tiny() {
      let repeats = 1000;
      while (repeats < 1e6 && (await model.operationCost(repeats)).whole * repeats < LEAST_MS) repeats *= 10;
      return model.operationCost(repeats);
    },
    close: () => model.close(),
  };
}
