import type { EffectRequest, Observation, Persona, ScoreRequest, SweepEvent } from '../types';
import type { Subject } from './administer';
import { callback } from './connection';
import { Divided } from './divided';
import type { EffectOptions, TimedEffect } from './effect-options';
import { measured } from './part';
import type { EffectRows } from './study-part';

/** Runs a study of what directions do to the answers of a test. What was measured before a failure goes along with it. */
export async function study(
  request: EffectRequest,
  options: EffectOptions,
  subject: Subject,
): Promise<TimedEffect> {
  const started = performance.now();
  const { signal, onObservation } = options;
  const divided = new Divided<EffectRows>(
    request.test,
    options,
    subject,
    async ({ connection, model }, test, tell) => {
      const hear = (event: SweepEvent) => {
        if (event.type === 'progress') tell(event.done, event.total);
        else onObservation?.(event.condition, event.observation);
      };
      const { observations, cancelled } = await connection.job(signal, false, (api, job) =>
        api.effect(job, model, { ...request, test }, callback(hear)),
      );
      return { observations, cancelled };
    },
  );
  return measured(
    subject,
    () => divided.run(underEach(request.test, request.personas)),
    () => ({ observations: joined(divided.results) }),
    async (worker, { observations }) => {
      const summary = await worker.call(api => api.summariseEffect(request, observations));
      const milliseconds = performance.now() - started;
      return { observations, summary, cancelled: divided.cancelled, milliseconds };
    },
  );
}

/** A test as it is, and under each of some system prompts. */
export function underEach(test: ScoreRequest, personas: Persona[] = []): ScoreRequest[] {
  return [test, ...personas.map(({ system }) => ({ ...test, system }))];
}

/** The rows of all parts, by condition, in the order of the items. */
function joined(parts: (EffectRows | null)[]): Observation[][] {
  const rows = parts.map(part => part?.observations ?? []);
  const conditions = Math.max(0, ...rows.map(({ length }) => length));
  return Array.from({ length: conditions }, (_, i) => rows.flatMap(of => of[i] ?? []));
}
