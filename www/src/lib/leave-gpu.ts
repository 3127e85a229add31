import type { Subject } from './administer';
import { asError, type TraitscopeError } from './errors';
import type { Instance } from './instances';
import type { Leaving } from './leaving';

/** Whether an error is the end of the GPU, after which a model can still be had on the CPU. */
export function endsGpu({ code }: TraitscopeError, { info }: Subject): boolean {
  return info.device.kind === 'gpu' && ['device.lost', 'device.memory'].includes(code);
}

/** Has a model leave its GPU for the CPU after an error that is the end of it; `then` says what becomes of the work. */
export async function leaveGpu(
  { code, message }: TraitscopeError,
  subject: Subject,
  { signal, onNotice }: Leaving,
  then: string,
): Promise<void> {
  await subject.toCpu(signal);
  onNotice?.({ code, message: `${message}. ${then}` });
}

/** Work that is of one piece: where the GPU is lost on the way, it begins again on the CPU. */
export async function inOnePiece<T>(
  subject: Subject,
  leaving: Leaving,
  work: (instance: Instance) => Promise<T>,
): Promise<T> {
  try {
    return await work(subject.first);
  } catch (error) {
    const fault = asError(error);
    if (!endsGpu(fault, subject)) throw fault;
    await leaveGpu(fault, subject, leaving, 'It begins again on the CPU.');
    return work(subject.first);
  }
}
