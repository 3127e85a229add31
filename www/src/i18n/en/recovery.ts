import { plural } from '../../page/format';

/** What the page offers after a failure. */
export const recovery = {
  gone: 'There is no model any more: what computed in the background has stopped. What was measured is still here.',
  loadAgain: (name: string) => `Load ${name} again`,
  toCpu: 'Use the CPU',
  software:
    'This GPU is no real one: it is computed on the CPU, which makes it slow. The CPU itself is as fast or faster',
  softwareLeft:
    'This browser’s GPU is no real one: it is computed on the CPU, which is as fast or faster without that detour. So the model runs on the CPU',
  unkept: (why: string) =>
    `This browser does not keep what is measured here (${why}). It is on this page until you leave it; save results as a file before`,
  saveUnkept: (count: number) => `Save ${plural(count, 'result')} as ${count === 1 ? 'a file' : 'files'}`,
  /** What to do about errors of the core that do not say it themselves, by code. */
  advice: {
    'device.memory': 'Choose a smaller model, or the CPU if this is the GPU',
    'device.lost': 'Load the model again, or use the CPU',
    'device.unavailable': 'Use the CPU, or another browser',
    'device.selftest': 'Do not use it; if it is the CPU, please report it',
  } as Record<string, string>,
};
