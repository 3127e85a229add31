import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The folder with what wasm-bindgen made, one folder a variant; the page's tests put a double in the place of both.
const double = process.env.TRAITSCOPE_WASM;
const wasm = double ?? here('generated');
const core = double ? { '#wasm/baseline': double, '#wasm/relaxed': double } : { '#wasm': wasm };
// Where the page has its files from; scripts/one-file.mjs puts them into the page itself.
const alias = { ...core, '#parts': here('src/parts/served') };
// All parts of the project have the version of the workspace.
const [, version] = /^version = "(.+)"$/m.exec(readFileSync(here('../Cargo.toml'), 'utf8')) ?? [];

const out = process.env.TRAITSCOPE_DIST ?? here('../dist');

/** Servers other than the page's own that the catalogue has models at: the policy allows requests to these. */
const catalogue: { models: { file: string }[] } = JSON.parse(
  readFileSync(here('../models/catalog.json'), 'utf8'),
);
const hosts = catalogue.models.flatMap(({ file }) => (URL.canParse(file) ? [new URL(file).origin] : []));
const policy = {
  name: 'traitscope-policy',
  transformIndexHtml: (html: string) =>
    html.replace("connect-src 'self'", ["connect-src 'self'", ...new Set(hosts)].join(' ')),
};

/** Both variants of the module have the same name; in the build they are told apart. */
const assetFileNames = ({ originalFileNames }: { originalFileNames: string[] }) =>
  originalFileNames.some(name => name.includes('/relaxed/'))
    ? 'assets/[name]-relaxed-[hash][extname]'
    : 'assets/[name]-[hash][extname]';

// Every address in the build is relative, so that the folder works from any sub-path.
export default defineConfig({
  base: './',
  define: { TRAITSCOPE_VERSION: JSON.stringify(version) },
  plugins: [policy],
  resolve: { alias },
  server: { fs: { allow: [here('..'), wasm] } },
  worker: { format: 'es', rolldownOptions: { output: { assetFileNames } } },
  build: {
    outDir: out,
    // The build also puts models and items there, which this must not remove.
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        index: here('index.html'),
        traitscope: here('src/lib/traitscope.ts'),
        'service-worker': here('src/offline/service-worker.ts'),
      },
      // Keeps the library's exports, which the page does not use all of.
      preserveEntrySignatures: 'allow-extension',
      output: {
        // What others name has the same name in every build.
        entryFileNames: ({ name }) => (name === 'index' ? 'assets/[name]-[hash].js' : '[name].js'),
      },
    },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
