import type { FreeAnswer, FreeRating, FreeRequest, FreeResult, Progress } from '../types';
import type { Subject } from './administer';
import { callback } from './connection';
import { Divided } from './divided';
import type { Leaving } from './leaving';
import { measured } from './part';

interface Options extends Leaving {
  onProgress?: ((progress: Progress) => void) | undefined;
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
  return measured(
    subject,
    () => divided.run([request.test]),
    () => joined(divided.results),
    async (worker, { answers, ratings }) => {
      const summary = await worker.call(api => api.summariseFree(answers, ratings, request.test.seed));
      return { answers, ratings, summary, cancelled: divided.cancelled };
    },
  );
}

/** The answers of all parts, in the order of the items and statements. */
function joined(parts: (FreeResult | null)[]): { answers: FreeAnswer[]; ratings: FreeRating[] } {
  return {
    answers: parts.flatMap(part => part?.answers ?? []),
    ratings: parts.flatMap(part => part?.ratings ?? []),
  };
}
