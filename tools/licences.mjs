// Holds what the project is built of against the licences and the places that it may come from: node tools/licences.mjs
// Reads the lock files alone, so that it needs no network once Cargo has the crates. Exits with 1 and a line for each that is not allowed.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Licences under which a part may be used here, whatever it is part of. */
const ALLOWED = new Set([
  ...['MIT', 'Apache-2.0', 'Apache-2.0 WITH LLVM-exception', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'Zlib'],
  ...['Unicode-3.0', 'MPL-2.0', 'CC0-1.0', 'CDLA-Permissive-2.0', '0BSD', 'Unlicense', 'BSL-1.0', 'NCSA'],
]);
/** Crates that name a file in the place of a licence, which was read. */
const READ = new Map([['cfg_block 0.1.1', 'Apache-2.0']]);
const REGISTRY = 'registry+https://github.com/rust-lang/crates.io-index';

/** Whether an SPDX expression can be met with what is allowed. */
export function allowed(expression) {
  const tokens = expression.replaceAll('/', ' OR ').match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const one = () => {
    if (tokens[at] === '(') {
      at += 1;
      const inside = either();
      at += 1;
      return inside;
    }
    let name = tokens[at++] ?? '';
    if (tokens[at] === 'WITH') {
      name += ` WITH ${tokens[at + 1]}`;
      at += 2;
    }
    return ALLOWED.has(name);
  };
  const both = () => {
    let met = one();
    while (tokens[at] === 'AND') {
      at += 1;
      met = one() && met;
    }
    return met;
  };
  const either = () => {
    let met = both();
    while (tokens[at] === 'OR') {
      at += 1;
      met = both() || met;
    }
    return met;
  };
  return either() && at === tokens.length;
}

function crates() {
  const asked = ['metadata', '--locked', '--format-version', '1'];
  const { packages } = JSON.parse(
    execFileSync('cargo', asked, { maxBuffer: 256 << 20, stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  return packages.map(({ name, version, license, source }) => ({
    what: `${name} ${version}`,
    licence: license ?? READ.get(`${name} ${version}`),
    // The project's own have no source.
    place: source === null || source === REGISTRY,
  }));
}

function packages() {
  const lock = JSON.parse(readFileSync(new URL('../www/package-lock.json', import.meta.url), 'utf8'));
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license, integrity }]) => ({
      what: `${path} ${version}`,
      licence: license,
      // A package without a hash could be another one tomorrow.
      place: integrity !== undefined,
    }));
}

if (import.meta.filename === process.argv[1]) {
  const all = [...crates(), ...packages()];
  const wrong = all.flatMap(({ what, licence, place }) => [
    ...(licence && allowed(licence) ? [] : [`${what}: the licence ${licence ?? 'is not told'}`]),
    ...(place ? [] : [`${what}: not from the registry, or without a hash`]),
  ]);
  for (const line of wrong) console.error(line);
  if (all.length < 100 || wrong.length > 0) process.exit(1);
  console.error(`licences: ${all.length} crates and packages may be used`);
}
