import type { FreeAnswer, FreeRating, FreeRequest, FreeResult, Progress } from '../types';
import type { Subject } from './administer';
import { callback } from './connection';
import { Divided } from './divided';
import type { Leaving } from './leaving';
import { measured } from './part';
import type { FreeRows, Parted } from './study-part';

interface Options extends Leaving, Parted<FreeRows> {
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Has items and statements answered in words. What was answered before a failure goes along with it. */
export async function answerInWords(
  request: FreeRequest,
  { onProgress, ...options }: Options,
  subject: Subject,
): Promise<FreeResult> {
  const tell = (done: number, total: number) => onProgress?.({ phase: 'answers', done, total });
  const divided = new Divided<FreeRows>(
    request.test,
    { ...options, onProgress: tell },
    subject,
    async ({ connection, model }, test, heard) => {
      const { answers, ratings, cancelled } = await connection.job(options.signal, false, (api, job) =>
        api.freeAnswers(
          job,
          model,
          { ...request, test },
          callback(({ done, total }: Progress) => heard(done, total)),
        ),
      );
      return { answers, ratings, cancelled };
    },
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
function joined(parts: (FreeRows | null)[]): { answers: FreeAnswer[]; ratings: FreeRating[] } {
  return {
    answers: parts.flatMap(part => part?.answers ?? []),
    ratings: parts.flatMap(part => part?.ratings ?? []),
  };
}
