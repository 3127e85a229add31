import type { DeviceInfo } from '../types';

/** What programs that compute a GPU's work on the CPU call themselves: of Chromium, of Mesa, of Windows. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b/i;

/** Whether a GPU is computed on the CPU, by its name; a browser may not tell it. */
export function isSoftware({ kind, adapter }: DeviceInfo): boolean {
  return kind === 'gpu' && SOFTWARE.test(adapter);
}
