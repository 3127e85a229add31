// Records what the page shows before a model is loaded: the report of the standard test, and a text with its steered twin. Both as a
// user would get them, in the built page in Chromium on the CPU; about five minutes on two cores.
//
//     ./build.sh build && node tools/record-examples.mjs --machine "Intel Xeon, 2 cores, Chromium 140 on Linux"
//
// `--machine` is shown with the examples: what the browser tells of its device names neither processor nor browser. `--texts` records
// the texts alone, and a query takes the place of the one below.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allPlaces, dist, launch, root, serve, steps } from '../tests/e2e/support.mjs';

const HOUR = 3_600_000;
/** A dose within the range in which the texts of the default model hold together. */
const QUERY = '?device=cpu&per_trait=all&dials=agreeableness:-0.2';

const {
  values: { machine, texts },
  positionals: [query = QUERY],
} = parseArgs({
  options: { machine: { type: 'string' }, texts: { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (!machine) throw new Error('--machine is missing: processor, cores and browser, in a few words');

const folder = join(root, 'www/src/page/examples');
const server = await serve(dist);
const browser = await launch();
try {
  const page = await browser.context.newPage();
  await page.goto(server.url + allPlaces(query));
  await steps.load(page);
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page
    .locator('[data-text=steered]:is([data-done=length], [data-done=end])')
    .waitFor({ timeout: HOUR });
  const steering = await page.locator('ts-steer-step').evaluate(({ session }) => {
    const { steer, model, settings } = session;
    const of = ({ tokens, stop }) => ({ tokens, stop, ids: [], pieces: [], from: 0 });
    const { name, device } = model.info;
    return {
      model: name,
      device,
      date: new Date().toISOString(),
      question: settings.question,
      seed: settings.seed,
      dials: steer.with,
      layers: steer.with.map(({ trait }) => steer.layerOf(trait)),
      unsteered: of(steer.unsteered),
      steered: of(steer.steered),
    };
  });
  await mkdir(folder, { recursive: true });
  await save('steering.json', { ...steering, machine });
  if (!texts) {
    await steps.run(page, HOUR);
    const report = await page
      .locator('ts-results-step')
      .evaluate(({ session }) => ({ ...session.reports.current, observations: [], ratings: [] }));
    await save('report.json', { ...report, machine });
  }
} finally {
  await browser.close();
  await server.close();
}

/** Figures with the digits that are shown, and a few more. */
async function save(name, value) {
  const rounded = (_, one) =>
    typeof one === 'number' && !Number.isInteger(one) ? Number(one.toPrecision(6)) : one;
  await writeFile(join(folder, name), `${JSON.stringify(value, rounded)}\n`);
}
