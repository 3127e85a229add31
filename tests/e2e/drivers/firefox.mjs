// Firefox, as Debian or Mozilla ships it, through Marionette.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marionette } from './marionette.mjs';
import { Page } from './page.mjs';
import { end, start, until } from './process.mjs';

const program = process.env.FIREFOX || 'firefox-esr';

/** WebDriver's commands in Marionette's words. */
const COMMANDS = {
  navigate: ({ url }) => ['WebDriver:Navigate', { url }],
  resize: size => ['WebDriver:SetWindowRect', size],
  execute: call => ['WebDriver:ExecuteAsyncScript', call],
  click: ({ element }) => ['WebDriver:ElementClick', { id: element }],
  type: ({ element, text }) => ['WebDriver:ElementSendKeys', { id: element, text }],
  screenshot: () => ['WebDriver:TakeScreenshot', { full: false }],
};

/** Runs in the browser's own window, which may then be as narrow as a phone. */
const NARROW = `document.documentElement.style.minWidth = '0';`;

/** A Firefox with an empty profile. */
export async function firefox({ dark = false } = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'traitscope-firefox-'));
  const downloads = join(profile, 'downloads');
  await mkdir(downloads);
  const preferences = {
    'marionette.port': 0,
    'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'browser.download.alwaysOpenPanel': false,
    // Firefox mixes AVX with older instructions in SIMD code. On processors with AVX-512 the system's memcpy may leave registers
    // in a state in which each change between the two costs some hundred cycles, and the model answers a hundred times slower.
    'javascript.options.wasm_simd_avx': false,
  };
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(profile, 'user.js'), lines.join(''));
  const flags = ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote'];
  let running;
  let connection;
  const close = async () => {
    connection?.close();
    if (running) await end(running);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    running = await start(program, [...flags, '--profile', profile], {
      missing: 'run ./build.sh setup, or set FIREFOX to its path',
    });
    const port = await until(
      running,
      async () => Number(await readFile(join(profile, 'MarionetteActivePort'), 'utf8')),
      `${program} does not listen`,
    );
    connection = await marionette(port);
    const { send } = connection;
    await send('WebDriver:NewSession', {});
    await send('WebDriver:SetTimeouts', { script: 60_000 });
    await send('Marionette:SetContext', { value: 'chrome' });
    await send('WebDriver:ExecuteScript', { script: NARROW, args: [] });
    await send('Marionette:SetContext', { value: 'content' });
    return new Page({
      name: 'Firefox',
      downloads,
      send: async (command, parameters) => {
        const result = await send(...COMMANDS[command](parameters));
        return result?.value;
      },
      close,
    });
  } catch (error) {
    await close();
    throw error;
  }
}
