// The same questions for everyone: texts with the token ids that Traitscope makes of them, and Traitscope's answers on
// the CPU, against which the others' are held.
import { CONTENDERS, check, NEW_TOKENS, PROMPTS, SHORT } from './plan.mjs';
import { session } from './session.mjs';

const KEYS = ['high1', 'high2', 'low1', 'low2'];
const LABELS = ['A', 'B', 'C', 'D'];
const LAYOUTS = {
  forward: ['high1', 'low1', 'high2', 'low2'],
  reversed: ['low1', 'high1', 'low2', 'high2'],
};
const STORY = 'Tell me a long story about a river and a boat.';

/** SmolLM2's chat template, with the system turn that it adds itself. */
const chat = text =>
  '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' +
  `<|im_start|>user\n${text}<|im_end|>\n<|im_start|>assistant\n`;

/** Template T1 of crate/core/src/prompt/templates.rs. That the peers agree with Traitscope shows that it is the same. */
const letterText = (item, keys) =>
  `Somebody describes this to you: "${item.situation}"\n${item.query} Which of these suggestions would you give?\n\n` +
  `${keys.map((key, place) => `${LABELS[place]}. ${item[`response_${key}`]}\n`).join('')}\n` +
  'Give the letter only. Your answer:\n';

/** The first words of a text that have exactly so many tokens. */
async function cut(tokenize, words, count) {
  let [low, high] = [1, words.length];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const text = words.slice(0, middle).join(' ');
    const tokens = await tokenize({ prompt: text });
    if (tokens.length === count) return { text, tokens };
    if (tokens.length < count) low = middle + 1;
    else high = middle - 1;
  }
  // A word of several tokens stands across the place; short words fill it up.
  const start = words.slice(0, high).join(' ');
  const missing = count - (await tokenize({ prompt: start })).length;
  const text = `${start}${' and'.repeat(missing)}`;
  const tokens = await tokenize({ prompt: text });
  check(tokens.length === count, `no text of ${count} tokens was found`);
  return { text, tokens };
}

async function itemTask(item, tokenize, labels) {
  const asked = async content => ({
    text: chat(content),
    tokens: await tokenize({ messages: [{ role: 'user', content }] }),
  });
  const letters = {};
  for (const [layout, keys] of Object.entries(LAYOUTS))
    letters[layout] = { prompt: await asked(letterText(item, keys)), keys, ids: labels };
  const options = {};
  for (const key of KEYS) options[key] = await tokenize({ prompt: item[`response_${key}`] });
  return { item, letters, prompt: await asked(`${item.situation} ${item.query}`), options };
}

/** Everything that is asked, with the answers of Traitscope on the CPU. */
export async function makeTasks({ entry, items }) {
  const browser = await session(CONTENDERS.cpu, entry, { tokens: [1] });
  try {
    await browser.visit();
    const ask = async (...call) => (await browser.call(...call)).value;
    const tokenize = request => ask('tokenize', request);
    const words = items.flatMap(item =>
      `${item.situation} ${item.query} ${item.response_high1} ${item.response_low1}`.split(' '),
    );
    const prompts = {};
    for (const count of [SHORT, ...PROMPTS]) {
      const prompt = await cut(tokenize, words, count);
      prompts[count] = { ...prompt, expected: await ask('prefill', prompt) };
    }
    const messages = [{ role: 'user', content: STORY }];
    const story = { text: chat(STORY), tokens: await tokenize({ messages }), messages };
    story.expected = await ask('write', story, 1 + NEW_TOKENS);
    const labels = [];
    for (const label of LABELS) labels.push((await tokenize({ prompt: label }))[0]);
    const tasks = [];
    for (const item of items) {
      const task = await itemTask(item, tokenize, labels);
      tasks.push(task);
    }
    const letters = await ask('letters', tasks);
    const continuation = await ask('continuation', tasks);
    for (const [i, task] of tasks.entries()) {
      task.expected = { letters: letters[i], continuation: continuation[i] };
    }
    return { prompts, story, tasks };
  } finally {
    await browser.close();
  }
}
