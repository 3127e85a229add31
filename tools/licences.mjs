// Holds the packages that the page is built of against the licences in deny.toml, as cargo-deny does the crates: node tools/licences.mjs
// Reads the lock file alone. Exits with 1 and a line for each that is not allowed.

import { readFileSync } from 'node:fs';

/** Licences under which a part may be used here, whatever it is part of. */
const ALLOWED = new Set(
  /^allow = \[([^\]]*)\]/m
    .exec(readFileSync(new URL('../deny.toml', import.meta.url), 'utf8'))[1]
    .match(/(?<=")[^"]+(?=",)/g),
);

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
  const all = packages();
  const wrong = all.flatMap(({ what, licence, place }) => [
    ...(licence && allowed(licence) ? [] : [`${what}: the licence ${licence ?? 'is not told'}`]),
    ...(place ? [] : [`${what}: without a hash`]),
  ]);
  for (const line of wrong) console.error(line);
  if (all.length < 100 || wrong.length > 0) process.exit(1);
  console.error(`licences: ${all.length} packages may be used`);
}
