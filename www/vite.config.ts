import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
// @ts-expect-error a script of the build, without types
import { withPolicy } from './scripts/policy.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The folder with what wasm-bindgen made, one folder a variant; the page's tests put a double in the place of both.
const double = process.env.TRAITSCOPE_WASM;
const wasm = double ?? here('generated');
const core = double
  ? { '#wasm/baseline': double, '#wasm/relaxed': double }
  : { ...sharedGlue(wasm), '#wasm': wasm };
// Where the page has its files from; scripts/one-file.mjs puts them into the page itself.
const alias = { ...core, '#parts': here('src/parts/served') };
// All parts of the project have the version of the workspace.
const [, version] = /^version = "(.+)"$/m.exec(readFileSync(here('../Cargo.toml'), 'utf8')) ?? [];

/** Traits whose texts come with the page. */
const traits = readdirSync(here('../items/traits')).map(file => file.replace('.json', ''));

const out = process.env.TRAITSCOPE_DIST ?? here('../dist');

/** The page that is served: what it may ask of whom comes from the catalogue, and the icon, which a browser may ask for late, is inside. */
const served = {
  name: 'traitscope-served',
  transformIndexHtml: (html: string) =>
    withPolicy(html, JSON.parse(readFileSync(here('../models/catalog.json'), 'utf8'))).replace(
      './favicon.svg',
      `data:image/svg+xml;base64,${readFileSync(here('public/favicon.svg')).toString('base64')}`,
    ),
};

/** What binds both variants of the module is the same but for comments, so the worker has it once; where it were not, twice. */
function sharedGlue(folder: string): Record<string, string> {
  const [baseline, relaxed] = ['baseline', 'relaxed'].map(
    variant => `${folder}/${variant}/traitscope_web.js`,
  );
  const bare = (file = '') => existsSync(file) && readFileSync(file, 'utf8').replaceAll(/\/\/.*/g, '');
  return baseline && relaxed && bare(baseline) === bare(relaxed)
    ? { '#wasm/relaxed/traitscope_web.js': baseline }
    : {};
}

/** Both variants of the module have the same name; in the build they are told apart. */
const assetFileNames = ({ originalFileNames }: { originalFileNames: string[] }) =>
  originalFileNames.some(name => name.includes('/relaxed/'))
    ? 'assets/[name]-relaxed-[hash][extname]'
    : 'assets/[name]-[hash][extname]';

// Every address in the build is relative, so that the folder works from any sub-path.
export default defineConfig({
  base: './',
  define: { TRAITSCOPE_VERSION: JSON.stringify(version), TRAITSCOPE_TRAITS: JSON.stringify(traits) },
  plugins: [served],
  resolve: { alias },
  server: { fs: { allow: [here('..'), wasm] } },
  // One script that is no module, so that it can be started from a text.
  worker: { format: 'iife', rolldownOptions: { output: { assetFileNames, codeSplitting: false } } },
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
        assetFileNames,
        chunkFileNames: ({ facadeModuleId }) => {
          const [, language, part] = /\/i18n\/(\w+)\/(index|later)\.ts$/.exec(facadeModuleId ?? '') ?? [];
          return language
            ? `assets/${part === 'index' ? 'words' : 'more-words'}-${language}-[hash].js`
            : 'assets/[name]-[hash].js';
        },
        // What others name has the same name in every build.
        entryFileNames: ({ name }) => (name === 'index' ? 'assets/[name]-[hash].js' : '[name].js'),
      },
    },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
