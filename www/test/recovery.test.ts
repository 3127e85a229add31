import { expect, test } from 'vitest';
import { TraitscopeError } from '../src/lib/errors';
import { carrying } from '../src/lib/part';
import { Recovery } from '../src/page/recovery';
import type { Session } from '../src/page/session';
import { isSoftware } from '../src/page/software';
import type { DeviceChoice, DeviceInfo } from '../src/types';

type DeviceKind = DeviceInfo['kind'];

const device = (kind: DeviceKind, adapter: string): DeviceInfo => ({
  kind,
  adapter,
  backend: '',
  limits: {},
  notice: null,
});

/** Whether the CPU is offered after that error, with a model on that device or without one. */
function offered(code: string, chosen: DeviceChoice, loaded: DeviceKind | null, busy = false): boolean {
  const model = loaded && { info: { device: device(loaded, '') } };
  const session = { model, settings: { device: chosen }, busy } as unknown as Session;
  return new Recovery(session).offersCpu({ code, message: '' });
}

test('a GPU that is computed on the CPU is known by its name', () => {
  for (const name of ['Google SwiftShader', 'llvmpipe (LLVM 15)', 'Microsoft Basic Render Driver', 'WARP']) {
    expect(isSoftware(device('gpu', name)), name).toBe(true);
  }
  for (const name of ['NVIDIA GeForce', 'Apple M2', 'Intel Iris', 'Warpspeed 9', '']) {
    expect(isSoftware(device('gpu', name)), name).toBe(false);
  }
  expect(isSoftware(device('cpu', 'llvmpipe'))).toBe(false);
});

test('the CPU is offered while a model is on a GPU that fails, and no more once it has left it', () => {
  for (const code of ['device.memory', 'device.lost', 'device.selftest', 'device.software']) {
    expect(offered(code, 'auto', 'gpu'), code).toBe(true);
    expect(offered(code, 'auto', 'gpu', true), code).toBe(false);
    expect(offered(code, 'auto', 'cpu'), code).toBe(false);
  }
  expect(offered('prompt.length', 'gpu', 'gpu')).toBe(false);
});

test('without a model the CPU is offered only where it was not tried', () => {
  for (const code of ['device.memory', 'device.unavailable']) {
    expect(offered(code, 'gpu', null), code).toBe(true);
    // By itself the core goes to the CPU, so there was no room there either.
    expect(offered(code, 'auto', null), code).toBe(false);
  }
  expect(offered('device.lost', 'auto', null)).toBe(true);
  for (const code of ['device.memory', 'device.unavailable', 'device.lost']) {
    expect(offered(code, 'cpu', null), code).toBe(false);
  }
});

test('an error carries what was measured before it, and comes through where no figures can be made of that', async () => {
  const fault = new TraitscopeError('worker.crashed', 'it stopped', { place: 3 });
  const rows = { rows: [1, 2] };
  const result = { ...rows, cancelled: true };
  const whole = await carrying(fault, rows, async () => result);
  expect(whole).toMatchObject({ code: fault.code, message: fault.message });
  expect(whole.detail).toEqual({ cause: { place: 3 }, ...rows, result });
  const bare = await carrying(fault, rows, () => Promise.reject(new Error('no worker')));
  expect(bare.code).toBe('worker.crashed');
  expect(bare.detail).toEqual({ cause: { place: 3 }, ...rows, result: null });
});
