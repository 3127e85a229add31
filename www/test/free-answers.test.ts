import { expect, test } from 'vitest';
import type { Subject } from '../src/lib/administer';
import { TraitscopeError } from '../src/lib/errors';
import { answerInWords } from '../src/lib/free-answers';
import type { Instance } from '../src/lib/instances';
import type { FreeRows, StudyPart } from '../src/lib/study-part';
import { unitsOf } from '../src/lib/units';
import type { FreeAnswer, FreeRating, FreeRequest, FreeResult, Progress, ScoreRequest } from '../src/types';
import { bank, inventory, request } from './fixtures';

/** Two answers to each of five items and to each of three statements. */
const ASKED: FreeRequest = {
  test: request(bank(['Openness'], 5), {
    inventory: inventory(3),
    templates: ['T1'],
    layouts: ['forward'],
    gate_questions: 0,
  }),
  samples: 2,
  max_tokens: 16,
  temperature: 0.7,
};
const IN_ORDER = [1, 2, 3, 4, 5].flatMap(n => [`Openness-${n}/0`, `Openness-${n}/1`]);
const STATEMENTS = [1, 2, 3].flatMap(n => [`s${n}/0`, `s${n}/1`]);

const named = (rows: { item: string; sample: number }[]) =>
  rows.map(({ item, sample }) => `${item}/${sample}`);

/** The answers to a part, as the core would give them: in the order of what was asked. */
function answered({ test, samples }: FreeRequest): FreeResult {
  const rows = (ids: string[]) =>
    ids.flatMap(item => Array.from({ length: samples }, (_, sample) => ({ item, sample })));
  return {
    answers: rows(test.items.items.map(({ id }) => id)) as FreeAnswer[],
    ratings: rows((test.inventory?.items ?? []).map(({ id }) => id)) as FreeRating[],
    summary: { items: null, statements: null },
    cancelled: false,
  };
}

type Answer = (part: FreeRequest) => Promise<FreeResult> | FreeResult;

/** An instance that answers as it is told to. */
function instance(answer: Answer, heard: string[] = []): Instance {
  const api = {
    check: () => undefined,
    freeAnswers: async (_job: number, _model: number, part: FreeRequest, tell: (at: Progress) => void) => {
      heard.push(
        unitsOf(part.test)
          .map(({ key }) => key)
          .join(),
      );
      const total = unitsOf(part.test).length * part.samples;
      tell({ phase: 'answers', done: total, total });
      return answer(part);
    },
    summariseFree: (answers: FreeAnswer[], ratings: FreeRating[], seed: number) => ({
      items: { of: named(answers), seed },
      statements: { of: named(ratings), seed },
    }),
  };
  const connection = {
    job: async (_signal: unknown, _abandon: unknown, run: (api: unknown, job: number) => unknown) =>
      run(api, 1),
    call: async (run: (api: unknown) => unknown) => run(api),
  };
  return { connection, model: 1 } as unknown as Instance;
}

function subject(first: Instance, further: Instance[] = [], dropped: unknown[] = []): Subject {
  return {
    first,
    info: { device: { kind: 'cpu' } },
    worth: (_: ScoreRequest) => 1 + further.length,
    take: (count: number) => further.slice(0, count).map(one => Promise.resolve(one)),
    drop: (failed: unknown) => dropped.push(failed),
  } as unknown as Subject;
}

/** Answers after so long. */
const after =
  (milliseconds: number, answer: Answer): Answer =>
  async part => {
    await new Promise(resolve => setTimeout(resolve, milliseconds));
    return answer(part);
  };

test('answers of several instances stand in the order of what is asked, and are summed up together', async () => {
  const parts: string[][] = [[], []];
  const [slow, quick] = [instance(after(20, answered), parts[0]), instance(answered, parts[1])];
  const alone = await answerInWords(ASKED, {}, subject(instance(answered)));
  const shared = await answerInWords(ASKED, {}, subject(slow, [quick]));
  expect(shared).toEqual(alone);
  expect(named(shared.answers)).toEqual(IN_ORDER);
  expect(named(shared.ratings)).toEqual(STATEMENTS);
  expect(shared.summary).toEqual({
    items: { of: IN_ORDER, seed: ASKED.test.seed },
    statements: { of: STATEMENTS, seed: ASKED.test.seed },
  });
  // Eight items and statements are two parts, one for each.
  expect(parts.map(({ length }) => length)).toEqual([1, 1]);
});

test('what an instance leaves that is lost is asked of another', async () => {
  const dropped: unknown[] = [];
  const lost = instance(() => {
    throw new TraitscopeError('worker.crashed', 'it is gone');
  });
  const found = await answerInWords(ASKED, {}, subject(instance(after(5, answered)), [lost], dropped));
  expect([named(found.answers), named(found.ratings), found.cancelled]).toEqual([
    IN_ORDER,
    STATEMENTS,
    false,
  ]);
  expect(dropped).toHaveLength(1);
});

test('what was answered is kept where it is stopped, and goes along where it fails', async () => {
  const stopped = await answerInWords(
    ASKED,
    {},
    subject(instance(part => ({ ...answered(part), cancelled: true }))),
  );
  expect([named(stopped.answers), stopped.cancelled]).toEqual([IN_ORDER.slice(0, 8), true]);

  let parts = 0;
  const breaks = instance(part => {
    parts += 1;
    if (parts === 2) throw new TraitscopeError('prompt.length', 'too long');
    return answered(part);
  });
  const error = await answerInWords(ASKED, {}, subject(breaks)).catch(thrown => thrown);
  expect(error.code).toBe('prompt.length');
  expect(named(error.detail.answers)).toEqual(IN_ORDER.slice(0, 8));
});

test('parts that were heard are not asked again, and what comes of the rest is what it would have been', async () => {
  const whole = await answerInWords(ASKED, {}, subject(instance(answered)));
  const parts: StudyPart<FreeRows>[] = [];
  let asked = 0;
  const breaks = instance(part => {
    asked += 1;
    if (asked === 2) throw new TraitscopeError('worker.crashed', 'it is gone');
    return answered(part);
  });
  const onPart = (part: StudyPart<FreeRows>) => parts.push(part);
  await answerInWords(ASKED, { onPart }, subject(breaks)).catch(() => undefined);
  expect(parts.map(({ index, units }) => [index, units])).toEqual([[0, 4]]);
  expect(parts[0]?.result).not.toHaveProperty('summary');

  const former = structuredClone(parts);
  const heard: string[] = [];
  const found = await answerInWords(ASKED, { former, onPart }, subject(instance(answered, heard)));
  expect(found).toEqual(whole);
  expect(heard).toHaveLength(1);
  expect(parts.map(({ index }) => index)).toEqual([0, 1]);
  // With nothing left nobody is asked, however many could be.
  const none = instance(() => expect.unreachable());
  expect(await answerInWords(ASKED, { former: parts }, subject(none, [none, none]))).toEqual(whole);
});

test('a part that is stopped is none, and parts of another request are not taken for its own', async () => {
  const parts: StudyPart<FreeRows>[] = [];
  const onPart = (part: StudyPart<FreeRows>) => parts.push(part);
  const stops = instance(part => ({ ...answered(part), cancelled: true }));
  await answerInWords(ASKED, { onPart }, subject(stops));
  expect(parts).toEqual([]);
  const result = { answers: [], ratings: [], cancelled: false };
  const former = [
    { index: 0, units: 3, result },
    { index: 7, units: 4, result },
  ];
  const found = await answerInWords(ASKED, { former }, subject(instance(answered)));
  expect(named(found.answers)).toEqual(IN_ORDER);
});

test('how far a study is counts what it had before', async () => {
  const former = [{ index: 0, units: 4, result: { answers: [], ratings: [], cancelled: false } }];
  const told: [number, number][] = [];
  const onProgress = ({ done, total }: Progress) => told.push([done, total]);
  await answerInWords(ASKED, { former, onProgress }, subject(instance(answered)));
  expect(told).toEqual([[16, 16]]);
});
