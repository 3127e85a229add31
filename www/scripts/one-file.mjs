// Writes traitscope.html beside the built page: the whole page in one file, for visits without a server. Models are not
// inside; all else is, so the data have to be in their place before.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, loadConfigFromFile } from 'vite';

const www = resolve(fileURLToPath(new URL('.', import.meta.url)), '..');
const { config } = await loadConfigFromFile(
  { command: 'build', mode: 'production' },
  join(www, 'vite.config.ts'),
);
const dist = config.build.outDir;
const alias = { ...config.resolve.alias, '#parts': join(www, 'src/parts/inline') };

/** What Vite makes of an entry when it may make one script of it: that script, and the other files by their names. */
async function bundle(input, options) {
  const { output } = await build({
    root: www,
    configFile: false,
    logLevel: 'warn',
    base: './',
    publicDir: false,
    resolve: { alias },
    define: config.define,
    build: {
      write: false,
      target: config.build.target,
      modulePreload: false,
      assetsInlineLimit: 0,
      rollupOptions: {
        input: join(www, input),
        ...options,
        output: { ...options.output, codeSplitting: false },
      },
    },
  });
  const scripts = output.filter(({ type }) => type === 'chunk');
  if (scripts.length !== 1) throw new Error(`${input} became ${scripts.length} scripts instead of one`);
  const assets = new Map(output.map(({ fileName, source }) => [fileName, source]));
  return { code: scripts[0].code, assets };
}

/** Replaces the one place in a text that fits a pattern. */
function replaceOne(text, pattern, by) {
  const places = [...text.matchAll(new RegExp(pattern, 'g'))];
  if (places.length !== 1) throw new Error(`${places.length} places in index.html are like ${pattern}`);
  return text.replace(pattern, () => by);
}

/** A script as it may stand in HTML: nothing in it ends its element, or hides the end. */
const inHtml = code => code.replaceAll(/<(?=!--|\/?script)/gi, '\\x3C');
const base64 = bytes => Buffer.from(bytes).toString('base64');
const hashSource = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** An element that the browser leaves alone, and `src/parts/inline/blocks.ts` reads. */
function block(name, text) {
  if (!/^[\w./-]+$/.test(name)) throw new Error(`${name} cannot be named in the page`);
  return `<script type="text/plain" data-file="${name}">${text}</script>\n`;
}
const packed = (name, bytes) => block(name, base64(gzipSync(bytes, { level: 9 })));

/** The data that the page fetches, by their addresses. */
function dataFiles() {
  return ['models', 'items'].flatMap(folder =>
    readdirSync(join(dist, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !/\.(gguf|md)$/.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name).slice(dist.length + 1))
      .sort(),
  );
}

/** Where a variant of the core lies. */
const core = variant =>
  join(alias[`#wasm/${variant}`] ?? join(alias['#wasm'], variant), 'traitscope_web_bg.wasm');

/** The policy of the served page, for a page that has all of it inside. */
function policyOf(served, script, style) {
  const own = {
    'script-src': `${hashSource(script)} 'wasm-unsafe-eval'`,
    'style-src': hashSource(style),
    'worker-src': 'blob:',
    'connect-src': "'none'",
    'img-src': 'data: blob:',
    'manifest-src': "'none'",
  };
  return served
    .split('; ')
    .map(directive => {
      const [name] = directive.split(' ');
      return own[name] ? `${name} ${own[name]}` : directive.replace(' traitscope-offline', '');
    })
    .join('; ');
}

const page = await bundle('index.html', { output: { format: 'es' } });
// From a page opened from a file Chromium starts no worker that is a module. A script that is none has no `import.meta`,
// which only stands where the core would be fetched.
const worker = await bundle('src/worker/worker.ts', {
  output: { format: 'iife' },
  transform: { define: { 'import.meta': '{}' } },
});
const script = inHtml(page.code);
const [, style] = [...page.assets].find(([name]) => name.endsWith('.css'));
const icon = base64(readFileSync(join(www, 'public/favicon.svg')));

let html = String(page.assets.get('index.html'));
html = replaceOne(html, /<script type="module"[^>]*><\/script>/, `<script type="module">${script}</script>`);
html = replaceOne(html, /<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`);
// A page opened from a file is not installed.
html = replaceOne(html, /<link rel="manifest"[^>]*>\s*/, '');
html = replaceOne(html, /(?<=<link rel="icon" href=")[^"]*/, `data:image/svg+xml;base64,${icon}`);
const [served] = html.match(/(?<=content=")default-src[^"]*/) ?? [''];
html = replaceOne(html, /(?<=content=")default-src[^"]*/, policyOf(served, script, style));
const blocks = [
  block('worker.js', inHtml(worker.code)),
  ...dataFiles().map(file => packed(file.split(sep).join('/'), readFileSync(join(dist, file)))),
  ...['relaxed', 'baseline'].map(variant => packed(`core/${variant}.wasm`, readFileSync(core(variant)))),
];
html = replaceOne(html, /<\/body>/, `${blocks.join('')}</body>`);
writeFileSync(join(dist, 'traitscope.html'), html);
