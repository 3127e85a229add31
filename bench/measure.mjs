// One round of one contender: every figure once, each with the values that were computed for it.
import {
  CONTENDERS,
  check,
  FEW,
  ITEM_LIMIT_S,
  ITEMS_S,
  LIMIT_S,
  NEW_TOKENS,
  PROMPTS,
  SHORT,
  say,
} from './plan.mjs';
import { session } from './session.mjs';

const off = (a, b) => Math.abs(a - b);
const largest = values => values.reduce((most, value) => Math.max(most, value), 0);

/** Differences, in nats, of four log-probabilities; per token for answers. */
const distance = (found, expected, lengths = {}) =>
  largest(Object.keys(expected).map(key => off(found[key], expected[key]) / (lengths[key]?.length ?? 1)));

/** A prompt's speed. The last of two runs counts, as the first one also fills caches and buffers. */
async function prefill(browser, prompt) {
  const count = prompt.tokens.length;
  let run = await browser.call('prefill', prompt);
  if (run.seconds < LIMIT_S / 4) run = await browser.call('prefill', prompt);
  const { id, logprob } = run.value;
  check(Number.isFinite(logprob), 'a prompt gave no number');
  return {
    tokens: count,
    per_s: count / run.seconds,
    same_top: id === prompt.expected.id,
    difference: off(logprob, prompt.expected.logprob),
  };
}

/** Prompts of all lengths that fit into the time; where none does, the short one stands for the first. */
async function prefills(browser, prompts) {
  const found = { [SHORT]: await prefill(browser, prompts[SHORT]) };
  let speed = found[SHORT].per_s;
  for (const count of PROMPTS) {
    if (count / speed > LIMIT_S) continue;
    found[count] = await prefill(browser, prompts[count]);
    speed = found[count].per_s;
  }
  return { found, speed };
}

/** Tokens a second after the first one, whose time is taken alone and subtracted. */
async function decode(browser, story) {
  const write = async count => {
    const { value, seconds } = await browser.call('write', story, count);
    check(value.count === count, `${value.count} tokens were written, not ${count}`);
    return { value, seconds };
  };
  await write(1);
  const first = await write(1);
  const few = await write(1 + FEW);
  const slow = ((few.seconds - first.seconds) / FEW) * NEW_TOKENS > LIMIT_S;
  const whole = slow ? few : await write(1 + NEW_TOKENS);
  const count = slow ? FEW : NEW_TOKENS;
  const { tokens, text } = whole.value;
  const [mine, theirs] = tokens ? [tokens, story.expected.tokens] : [text, story.expected.text];
  let same = 0;
  while (same < mine.length && mine[same] === theirs[same]) same += 1;
  return { tokens: count, per_s: count / (whole.seconds - first.seconds), same_start: same / mine.length };
}

/**
 * Items a minute of a contender that takes a whole test in one call; `tokens` as below. A first, small test, untimed,
 * starts whatever shares the work.
 */
async function test(browser, method, tasks, { speed, tokens, distances }) {
  const some = tasks.slice(0, Math.max(1, Math.floor((ITEM_LIMIT_S * speed) / tokens(tasks[0]))));
  if (some.length === tasks.length) await browser.call(method, tasks.slice(0, 2));
  const { value, seconds } = await browser.call(method, some);
  const differences = some.map((task, i) => distances(value[i], task));
  check(differences.every(Number.isFinite), 'an item gave no number');
  return {
    items: some.length,
    per_minute: (60 * some.length) / seconds,
    difference: largest(differences),
  };
}

/** Items a minute; `tokens` tells how many an item has to go through, for a guess of what it takes. */
async function items(browser, method, tasks, round, { speed, tokens, distances }) {
  const limit = round === 0 ? ITEM_LIMIT_S : LIMIT_S;
  const guess = tokens(tasks[0]) / speed;
  if (guess > limit) return { left_out: `about ${Math.round(guess)} s an item` };
  let seconds = 0;
  const differences = [];
  for (let place = 0; place < tasks.length && seconds < ITEMS_S; place += 1) {
    // Another item first in each round, so that all are asked where a round has time for a few.
    const task = tasks[(place + round * 3) % tasks.length];
    const run = await browser.call(method, task);
    seconds += run.seconds;
    differences.push(distances(run.value, task));
  }
  check(differences.every(Number.isFinite), 'an item gave no number');
  return {
    items: differences.length,
    per_minute: (60 * differences.length) / seconds,
    difference: largest(differences),
  };
}

const letterDistances = (found, { expected }) =>
  largest(Object.entries(expected.letters).map(([layout, values]) => distance(found[layout], values)));
const letterTokens = ({ letters }) =>
  letters.forward.prompt.tokens.length + letters.reversed.prompt.tokens.length;
const answerDistances = (found, { expected, options }) => distance(found, expected.continuation, options);
const answerTokens = ({ prompt, options }) =>
  Object.values(options).reduce((sum, tokens) => sum + tokens.length, prompt.tokens.length);

export async function measure(name, { entry, round }, { prompts, story, tasks }) {
  const contender = CONTENDERS[name];
  const step = what => say(`round ${round + 1}, ${name}: ${what}`);
  const browser = await session(contender, entry, prompts[SHORT]);
  try {
    step('loading, twice');
    const first = await browser.visit();
    const second = await browser.visit();
    check(!first.stored && second.stored, `${name} did not keep the model for the second visit`);
    step('prompts');
    const { found, speed } = await prefills(browser, prompts);
    step('writing');
    const written = await decode(browser, story);
    const ask = (method, how) =>
      contender.ours ? test(browser, method, tasks, how) : items(browser, method, tasks, round, how);
    step('items, letters');
    const letters = await ask('letters', {
      speed,
      tokens: letterTokens,
      distances: letterDistances,
    });
    step('items, continuation');
    const continuation = await ask('continuation', {
      speed,
      tokens: answerTokens,
      distances: answerDistances,
    });
    const memory = await browser.memory();
    const tiny = contender.ours ? (await browser.call('tiny')).value : null;
    await browser.call('close');
    const result = {
      device: first.device,
      browser: browser.version,
      load_s: {
        first: first.ready,
        second: second.ready,
        opened: { first: first.open, second: second.open },
      },
      prefill: found,
      decode: written,
      letters,
      continuation,
      memory,
      tiny,
    };
    judge(name, result);
    return result;
  } finally {
    await browser.close();
  }
}

/** A timed value that is not near Traitscope's on the CPU was not what had to be computed. */
function judge(name, { prefill, letters, continuation }) {
  const { tolerance } = CONTENDERS[name];
  const checked = { ...prefill, letters, continuation };
  for (const [what, { difference = 0 }] of Object.entries(checked))
    check(
      difference <= tolerance,
      `${name} differs from Traitscope on the CPU by ${difference.toFixed(2)} nats (${what}; ${tolerance} allowed)`,
    );
}
