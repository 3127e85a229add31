// Programs that a test starts and ends.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Starts a program and keeps what it writes; its fourth stream can be read too. `missing` says what to do where it is
 * not there.
 */
export async function start(program, args, { env = {}, missing }) {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const running = { child, output: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      running.output += text;
    });
  }
  await once(child, 'spawn').catch(({ code }) => {
    throw new Error(`${program} cannot be started (${code}); ${missing}`);
  });
  return running;
}

/** Ends a program and waits until it has gone. */
export async function end({ child }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  const late = pause(5000, 'late', { ref: false });
  if ((await Promise.race([gone, late])) === 'late') child.kill('SIGKILL');
  await gone;
}

/** What `look` gives once that is something; fails when the program ends before. */
export async function until(running, look, what) {
  for (const end = Date.now() + 120_000; Date.now() < end; await pause(50)) {
    const found = await look().catch(() => null);
    if (found) return found;
    if (running.child.exitCode !== null) break;
  }
  throw new Error(`${what}; it wrote:\n${running.output}`);
}
