import type { FreeAnswer, FreeRating, FreeRequest, FreeResult, Notice, Progress } from '../types';
import type { Subject } from './administer';
import { type Connection, callback, connection } from './connection';
import { Divided } from './divided';
import { carrying } from './part';

/** What was answered to items and to statements. */
interface Answers {
  answers: FreeAnswer[];
  ratings: FreeRating[];
}

interface Options {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  onNotice?: ((notice: Notice) => void) | undefined;
}

/** Has items and statements answered in words. What was answered before a failure goes along with it. */
export async function answerInWords(
  request: FreeRequest,
  { signal, onProgress, onNotice }: Options,
  subject: Subject,
): Promise<FreeResult> {
  const tell = (done: number, total: number) => onProgress?.({ phase: 'answers', done, total });
  const divided = new Divided<FreeResult>(
    request.test,
    { signal, onNotice, onProgress: tell },
    subject,
    ({ connection, model }, test, heard) =>
      connection.job(signal, false, (api, job) =>
        api.freeAnswers(
          job,
          model,
          { ...request, test },
          callback(({ done, total }: Progress) => heard(done, total)),
        ),
      ),
  );
  const summed = async (link: Connection, given: Answers): Promise<FreeResult> => {
    const { answers, ratings } = given;
    const summary = await link.call(api => api.summariseFree(answers, ratings, request.test.seed));
    return { answers, ratings, summary, cancelled: divided.cancelled };
  };
  try {
    await divided.run([request.test]);
    return await summed(subject.first.connection, joined(divided.results));
  } catch (error) {
    const given = joined(divided.results);
    throw await carrying(error, given, async () =>
      given.answers.length + given.ratings.length === 0
        ? null
        : // The model's worker may be what failed.
          { ...(await summed(connection(), given)), cancelled: true },
    );
  }
}

/** The answers of all parts, in the order of the items and statements. */
function joined(parts: (FreeResult | null)[]): Answers {
  return {
    answers: parts.flatMap(part => part?.answers ?? []),
    ratings: parts.flatMap(part => part?.ratings ?? []),
  };
}
