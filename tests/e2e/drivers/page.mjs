// A page in a browser that Playwright does not drive. Both browsers of this folder know WebDriver's commands, each over
// a wire of its own, so that one test does for both.

import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** WebDriver's name for a reference to an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const POLL = 100;

/**
 * The visible elements of a selector that hold a text, or whose label does, in the document and in every open shadow
 * root; `>>` in a selector leads into what an element holds. Runs in the page.
 */
const deepQuery = `(selector, text) => {
  const inside = (root, part) =>
    [...root.querySelectorAll('*')].flatMap(element => [
      ...(element.matches(part) && element.checkVisibility() ? [element] : []),
      ...(element.shadowRoot ? inside(element.shadowRoot, part) : []),
    ]);
  const within = (root, part) => [...inside(root, part), ...(root.shadowRoot ? inside(root.shadowRoot, part) : [])];
  const found = selector.split(' >> ').reduce((roots, part) => roots.flatMap(root => within(root, part)), [document]);
  const words = element => (element.labels?.[0] ?? element).textContent.replace(/\\s+/g, ' ');
  return found.filter(element => text === null || words(element).includes(text));
}`;

export class Page {
  #send;
  #downloads;

  /**
   * `send(command, parameters)` gives WebDriver's commands their wire; `downloads` is the folder where the browser puts
   * what a page saves; `close` ends the browser.
   */
  constructor({ name, send, downloads, close }) {
    this.name = name;
    this.close = close;
    this.#send = send;
    this.#downloads = downloads;
  }

  goto(url) {
    return this.#send('navigate', { url });
  }

  /** Gives the page's own area that size, whatever the browser has around it. */
  async resize(width, height) {
    let around = [0, 0];
    for (let attempt = 0; attempt < 20; attempt++) {
      await this.#send('resize', { width: width + around[0], height: height + around[1] });
      await pause(POLL);
      const inner = await this.evaluate('() => [innerWidth, innerHeight]');
      if (inner[0] === width && inner[1] === height) return;
      const outer = await this.evaluate('() => [outerWidth, outerHeight]');
      around = [outer[0] - inner[0], outer[1] - inner[1]];
    }
    assert.fail(`${this.name} cannot be made ${width} × ${height} px large`);
  }

  /** What a function gives in the page; its text and its arguments travel, and it may be asynchronous. */
  async evaluate(work, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${work})(...Array.prototype.slice.call(arguments, 0, -1)))
        .then(value => done({ value }), error => done({ error: String(error) }));`;
    const { value, error } = await this.#send('execute', { script, args });
    if (error) throw new Error(`${this.name}: ${error}`);
    return value;
  }

  /** The visible elements of a selector that hold a text. */
  all(selector, text = null) {
    return this.evaluate(deepQuery, selector, text);
  }

  /** The first of them, once there is one. */
  async find(selector, { text = null, timeout = 60_000 } = {}) {
    for (const end = Date.now() + timeout; ; ) {
      const [element] = await this.all(selector, text);
      if (element) return element;
      if (Date.now() > end) break;
      await pause(POLL);
    }
    const complaints = (await this.complaints()).join('\n');
    return assert.fail(`${this.name}: no ${selector} ${text ?? ''} after ${timeout} ms. ${complaints}`);
  }

  async click(selector, text) {
    const element = await this.find(selector, { text });
    // Some drivers look where it is before the window has scrolled to it.
    await this.evaluate(
      `async element => {
        element.scrollIntoView({ block: 'center', behavior: 'instant' });
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
      }`,
      element,
    );
    await this.#send('click', { element: element[ELEMENT] });
  }

  async text(selector, text) {
    return this.evaluate('element => element.textContent.trim()', await this.find(selector, { text }));
  }

  async attribute(selector, name, options) {
    const element = await this.find(selector, options);
    return this.evaluate('(element, name) => element.getAttribute(name)', element, name);
  }

  /** Gives a file to the input with that label, as choosing it in the browser's dialogue would. */
  async give(label, path) {
    for (const end = Date.now() + 60_000; ; ) {
      const element = await this.find('input[type=file]:enabled', { text: label });
      try {
        await this.#send('type', { element: element[ELEMENT], text: path });
        return;
      } catch (error) {
        // The page may have drawn another in its place since it was found.
        if (!/stale element/.test(String(error)) || Date.now() > end) throw error;
      }
    }
  }

  /** What the page hands over as a download when that button is clicked. */
  async save(selector, text) {
    const before = new Set(await readdir(this.#downloads));
    await this.click(selector, text);
    for (const end = Date.now() + 60_000; Date.now() < end; await pause(POLL)) {
      const names = (await readdir(this.#downloads)).filter(name => !before.has(name));
      // While it is written there is another file beside it.
      const complete = names.length === 1 && !/\.(part|wkdownload)$/.test(names[0]) ? names[0] : null;
      const saved = complete && (await readFile(join(this.#downloads, complete), 'utf8'));
      if (saved) return saved;
    }
    return assert.fail(`${this.name}: nothing was saved`);
  }

  /** Errors and violations of the policy that the page has met, where {@link watched} serves it. */
  complaints() {
    return this.evaluate('() => JSON.parse(document.documentElement.dataset.complaints ?? "[]")');
  }

  /** What is seen of the page, as a PNG file. */
  async screenshot(path) {
    // A browser shows a new size or place some frames later.
    await this.evaluate(
      '() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
    await pause(2 * POLL);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.from(await this.#send('screenshot', {}), 'base64'));
  }
}
