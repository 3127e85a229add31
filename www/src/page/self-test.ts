import type { SelfTest } from '../types';

/** Whether a model may be asked on what it runs on after its self-test: a GPU that failed was left for the CPU, which passed. */
export function isTrusted({ passed, fell_back }: SelfTest): boolean {
  return passed || fell_back;
}
