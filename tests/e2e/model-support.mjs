// What the tests with the real model share: the model's file, the terminal program, the built page and the built library in a browser.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { promisify } from 'node:util';
import { allPlaces, dist, empty, launch, root, serve, watchedPage } from './support.mjs';

const catalogue = JSON.parse(await readFile(join(root, 'models/catalog.json'), 'utf8'));
/** What the catalogue says of the model that comes with the page. */
export const entry = catalogue.models.find(({ id }) => id === catalogue.default);
/** Its file in the build. */
export const modelFile = join(dist, 'models', entry.file);

const cli =
  process.env.TRAITSCOPE_CLI ??
  join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'release/traitscope');

/** What the terminal program says with the model, as JSON. */
export function terminal(command, ...options) {
  return terminalOf(modelFile, command, ...options);
}

/** The same with the model of another file. */
export async function terminalOf(file, command, ...options) {
  assert.ok(
    existsSync(cli),
    `there is no terminal program at ${cli}; run ./build.sh cli or set TRAITSCOPE_CLI`,
  );
  const all = [command, '--model', file, ...options, '--json'];
  const { stdout } = await promisify(execFile)(cli, all, { maxBuffer: 64 << 20 });
  return JSON.parse(stdout);
}

/**
 * Has the tests of a group visit the built page in one browser. What they have then is in what this gives: `server`, `browser`, a
 * `folder` for their files, and `visit`, which opens the page with a query.
 */
export function visits() {
  const open = {
    async visit(query) {
      const watched = await watchedPage(open.browser.context, open.server.origin);
      await watched.page.goto(open.server.url + allPlaces(query));
      return watched;
    },
  };
  before(async () => {
    open.server = await serve(dist);
    open.browser = await launch();
    open.folder = await mkdtemp(join(tmpdir(), 'traitscope-visits-'));
  });
  after(async () => {
    await open.browser?.close();
    await open.server?.close();
    if (open.folder) await rm(open.folder, { recursive: true, force: true });
  });
  return open;
}

/**
 * Has the tests of a group use the built library in an empty page, `page` of what this gives: the model is `window.model` there, on
 * `device`, and the library `window.library`. `missing` names files that the server does not have.
 */
export function library(device, missing = []) {
  const open = {};
  before(async () => {
    assert.ok(
      existsSync(join(dist, 'traitscope.js')),
      `there is no library in ${dist}; run ./build.sh build`,
    );
    const gone = missing.map(path => [path, (_, response) => response.writeHead(404).end()]);
    open.server = await serve(dist, { ...empty, ...Object.fromEntries(gone) });
    open.browser = await launch({ gpu: device === 'gpu' });
    open.page = await open.browser.context.newPage();
    await open.page.goto(`${open.server.url}empty.html`);
    open.device = await open.page.evaluate(
      async ([id, device]) => {
        window.library = await import(new URL('traitscope.js', location.href).href);
        window.model = await window.library.openModel(id, { device });
        return window.model.info.device;
      },
      [entry.id, device],
    );
    assert.equal(open.device.kind, device);
  });
  after(async () => {
    await open.browser?.close();
    await open.server?.close();
  });
  return open;
}
