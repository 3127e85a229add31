// WebKitGTK's small browser, through its own WebDriver over HTTP. It has no headless mode, so it gets a screen of its
// own from Xvfb.

import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Page } from './page.mjs';
import { end, start, until } from './process.mjs';

/** Method, address within the session, and body of each command. */
const COMMANDS = {
  navigate: body => ['POST', '/url', body],
  resize: body => ['POST', '/window/rect', body],
  execute: body => ['POST', '/execute/async', body],
  click: ({ element }) => ['POST', `/element/${element}/click`, {}],
  type: ({ element, text }) => ['POST', `/element/${element}/value`, { text }],
  screenshot: () => ['GET', '/screenshot'],
};

/** The browser's own bar is made so small that a window can be as narrow as a phone. */
const SMALL_BAR = '* { font-size: 1px; min-width: 0; min-height: 0; padding: 0; margin: 0; border: none; }';

const SCREEN = ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];

/** A port that is free now. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** Folders that stand for the user's own, so that nothing of theirs is read or written. */
async function home() {
  const folder = await mkdtemp(join(tmpdir(), 'traitscope-webkit-'));
  const downloads = join(folder, 'downloads');
  const config = join(folder, 'config');
  await mkdir(downloads);
  await mkdir(join(config, 'gtk-3.0'), { recursive: true });
  await writeFile(join(config, 'gtk-3.0/gtk.css'), SMALL_BAR);
  await writeFile(join(config, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const env = {
    XDG_CONFIG_HOME: config,
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_DATA_HOME: join(folder, 'data'),
  };
  return { folder, downloads, env };
}

/** A WebKitGTK with an empty profile, which it forgets when it ends. */
export async function webkit({ dark = false } = {}) {
  const { folder, downloads, env } = await home();
  const missing = 'run ./build.sh setup';
  const started = [];
  const close = async () => {
    for (const running of started.reverse()) await end(running);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const screen = await start('Xvfb', SCREEN, { missing });
    started.push(screen);
    // It writes the number of its display, once that is ready.
    const display = await until(screen, async () => screen.child.stdio[3].read(), 'Xvfb is not ready');

    const port = await freePort();
    const driver = await start('WebKitWebDriver', [`--port=${port}`], {
      env: { ...env, DISPLAY: `:${String(display).trim()}` },
      missing,
    });
    started.push(driver);
    const call = async (method, path, body) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const { value } = await response.json();
      if (!response.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
      return value;
    };
    await until(driver, async () => (await call('GET', '/status')).ready, 'WebKitWebDriver does not answer');

    const args = ['--automation', ...(dark ? ['--dark-mode'] : [])];
    const { sessionId } = await call('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { args } } },
    });
    const session = `/session/${sessionId}`;
    await call('POST', `${session}/timeouts`, { script: 60_000 });
    return new Page({
      name: 'WebKitGTK',
      downloads,
      send: (command, parameters) => {
        const [method, path, body] = COMMANDS[command](parameters);
        return call(method, session + path, body);
      },
      close: async () => {
        await call('DELETE', session).catch(() => undefined);
        await close();
      },
    });
  } catch (error) {
    await close();
    throw error;
  }
}
