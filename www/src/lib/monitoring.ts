import type { MonitoringRequest, MonitoringResult, MonitoringRow, Progress } from '../types';
import type { Subject } from './administer';
import { callback } from './connection';
import { Divided } from './divided';
import { underEach } from './effect';
import type { Leaving } from './leaving';
import { measured } from './part';
import type { MonitoringRows, Parted } from './study-part';

interface Options extends Leaving, Parted<MonitoringRows> {
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Holds what a meter reads before each answer against the answer. What was measured before a failure goes along with it. */
export async function monitor(
  request: MonitoringRequest,
  { onProgress, ...options }: Options,
  subject: Subject,
): Promise<MonitoringResult> {
  const tell = (done: number, total: number) => onProgress?.({ phase: 'answers', done, total });
  const divided = new Divided<MonitoringRows>(
    request.test,
    { ...options, onProgress: tell },
    subject,
    async ({ connection, model }, test, heard) => {
      const { rows, cancelled } = await connection.job(options.signal, false, (api, job) =>
        api.monitoring(
          job,
          model,
          { ...request, test },
          callback(({ done, total }: Progress) => heard(done, total)),
        ),
      );
      return { rows, cancelled };
    },
  );
  return measured(
    subject,
    () => divided.run(underEach(request.test, request.personas)),
    () => ({ rows: joined(divided.results) }),
    async (worker, { rows }) => {
      const traits = await worker.call(api => api.summariseMonitoring(request, rows));
      return { rows, traits, cancelled: divided.cancelled };
    },
  );
}

/** The rows of all parts: by system prompt, that of the test first, then in the order of the items. */
function joined(parts: (MonitoringRows | null)[]): MonitoringRow[] {
  const place = ({ persona }: MonitoringRow) => persona ?? -1;
  return parts.flatMap(part => part?.rows ?? []).sort((a, b) => place(a) - place(b));
}
