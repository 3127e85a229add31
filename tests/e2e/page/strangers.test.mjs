// What strangers write: each way into the page gets texts that are programs where they are taken for markup, addresses or formulas. They
// are shown as they stand, and nothing of them is carried out. And the page's own policy, which would stop it if one were: it is tried.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unfold } from '../axe.mjs';
import { makeDirection } from '../steer-support.mjs';
import { file, give as giveStudy, STUDY } from '../study-support.mjs';
import { steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

const CORPUS = [
  '<img src=x onerror=hacked=1>',
  '"><svg onload=hacked=1>',
  '</style><script>hacked=1</script>',
  "' onfocus=hacked=1 autofocus='",
  'javascript:hacked=1',
  '{{hacked=1}}',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '<a href="javascript:hacked=1">x</a>',
  '<template><style>*{display:none}</style></template>',
  '&lt;img src=x onerror=hacked=1&gt;',
];
const ALL = CORPUS.join(' ');

/** Nothing ran, and there is no element or attribute that only a text of the corpus can have made. */
async function harmless(page) {
  const found = await page.evaluate(() => {
    const made = [];
    const walk = root => {
      for (const element of root.querySelectorAll('*')) {
        const handlers = element.getAttributeNames().filter(name => name.startsWith('on'));
        const { localName } = element;
        if (handlers.length > 0) made.push(`${localName} with ${handlers}`);
        if (['iframe', 'template', 'object', 'embed'].includes(localName)) made.push(localName);
        if (localName === 'img' && element.getAttribute('src') === 'x') made.push('img');
        if (localName === 'script' && !element.src) made.push('script');
        if (/^\s*javascript:/i.test(element.getAttribute('href') ?? ''))
          made.push('an address that is a program');
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return { made, hacked: globalThis.hacked ?? null };
  });
  assert.deepEqual(found, { made: [], hacked: null });
}

/** Goes through everything that is folded, too. */
async function everywhere(page) {
  await unfold(page);
  await harmless(page);
}

const query = settings =>
  `?${new URLSearchParams({ device: 'cpu', workers: '1', per_trait: '1', gate: '8', ...settings })}`;

describe('a stranger’s text is text', () => {
  test('in the address', async () => {
    const keys = [
      'question',
      'system',
      'traits',
      'dials',
      'model',
      'study',
      'inventory',
      'lang',
      'hide',
      'seed',
      'push_trait',
    ];
    const given = (page, turn) =>
      page.goto(
        `${now.server.url}${query(Object.fromEntries(keys.map((key, i) => [key, CORPUS[(i + turn) % CORPUS.length]])))}&${encodeURIComponent(CORPUS[turn])}=1`,
      );
    const first = await open(send(model()), { place: '#about' });
    for (const turn of CORPUS.keys()) {
      await given(first.page, turn);
      await first.page.getByText('is not a setting').first().waitFor();
      await harmless(first.page);
    }
    first.check();
    await first.page.close();
    const page = await now.browser.context.newPage();
    await page.goto(`${now.server.url}${query({ question: ALL, system: ALL })}&view=all`);
    await steps.load(page);
    assert.equal(await page.locator('ts-steer-step textarea').first().inputValue(), ALL);
    await everywhere(page);
  });

  test('in the hash', async () => {
    const { page, check } = await open(send(model()), { place: '#about' });
    for (const text of CORPUS) {
      await page.goto('about:blank');
      await page.goto(`${now.server.url}#${encodeURIComponent(text)}`);
      await page.getByRole('main').waitFor();
      await harmless(page);
    }
    check();
  });

  test('in a model: its name, its licence and what it writes', async () => {
    const { page, check } = await open(send(model()), { query: query({}) });
    const plan = { step: 1, licence: ALL };
    await steps.give(page, 'Or open a model file of your own', {
      name: `${CORPUS[0]}.gguf`,
      mimeType: '',
      buffer: Buffer.from(`GGUF${JSON.stringify(plan)}`),
    });
    await steps.ready(page);
    await page.locator('ts-model-step').getByText(CORPUS[0]).first().waitFor();
    await steps.run(page);
    await everywhere(page);
    check();
  });

  test('in the catalogue: the model’s name, and an address for its licence that is a program', async () => {
    const double = model({ says: ` ${CORPUS[0]}` });
    const [entry] = double.catalogue.models;
    const models = [{ ...entry, name: ALL, licence: ALL, licence_url: 'javascript:hacked=1' }];
    const { page, check } = await open(send(double, { catalogued: { ...double.catalogue, models } }), {
      query: query({}),
    });
    await steps.load(page);
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await page.locator('[data-text=steered][data-done=length]').waitFor();
    await page.locator('[data-text=steered]').getByText(CORPUS[0]).first().waitFor();
    await everywhere(page);
    check();
  });

  test('in items: their traits, situations and answers, and the name of their file', async () => {
    const { page, check } = await open(send(model()), { query: query({}) });
    await steps.load(page);
    const item = text => ({
      personality: text,
      situation: text,
      query: text,
      response_high1: `${text} 1`,
      response_high2: `${text} 2`,
      response_low1: `${text} 3`,
      response_low2: `${text} 4`,
    });
    await steps.give(page, 'Use items of your own', file(`${CORPUS[0]}.json`, CORPUS.map(item)));
    await page.getByText(`${CORPUS.length} items`).first().waitFor();
    await everywhere(page);
    await steps.run(page);
    await everywhere(page);
    const csv = await steps.save(page, 'Save as a table (CSV)');
    assert.ok(csv.includes('<img src=x onerror=hacked=1>'));
    check();
  });

  test('in a study: its name, its factors and their levels', async () => {
    const { page, check } = await open(send(model()), { query: query({}) });
    await steps.load(page);
    const [ladder, order] = STUDY.factors;
    const named = {
      ...STUDY,
      name: ALL,
      description: ALL,
      factors: [
        {
          ...ladder,
          name: CORPUS[0],
          levels: ladder.levels.map((level, i) => ({ ...level, name: CORPUS[i], system: ALL })),
        },
        order,
      ],
    };
    await giveStudy(page, named, `${CORPUS[1]}.json`);
    await page.locator('ts-settings-step p', { hasText: CORPUS[8] }).first().waitFor();
    await page.getByRole('button', { name: 'Carry out the study' }).click();
    await page.locator('[data-settings=done]').waitFor();
    await everywhere(page);
    check();
  });

  test('in saved results, and in files that are refused', async () => {
    const { page, check } = await open(send(model()), { query: query({}) });
    await steps.load(page);
    await steps.run(page);
    const run = await steps.saveJson(page);
    const told = { ...run, model: { ...run.model, name: CORPUS[0], licence: CORPUS[1] } };
    await steps.drop(page, `${CORPUS[0]}.json`, JSON.stringify(told));
    await page.locator('[data-report="1"]').waitFor();
    await everywhere(page);
    for (const [name, text] of Object.entries({
      [`${CORPUS[1]}.json`]: JSON.stringify({ format: ALL }),
      [`${CORPUS[2]}.csv`]: ALL,
      [`${CORPUS[3]}.gguf`]: ALL,
      [CORPUS[4]]: ALL,
    })) {
      await steps.drop(page, name, text);
      await page.locator('ts-notice:visible').first().waitFor();
      await everywhere(page);
    }
    check();
  });

  test('in texts of one’s own, of a trait and of a data set', async () => {
    const { page, check } = await open(send(model()), { query: query({}) });
    await steps.load(page);
    await makeDirection(page, { name: CORPUS[0], high: CORPUS.slice(0, 3), low: CORPUS.slice(3, 6) });
    await everywhere(page);
    check();
  });
});

describe('the policy of the page, tried', () => {
  test('lets no text become markup, no program run and no request leave', async () => {
    const { page } = await open(send(model()));
    await page.getByRole('main').waitFor();
    const tried = await page.evaluate(async () => {
      const outcome = async work => {
        try {
          await work();
          return 'done';
        } catch (error) {
          return error.name;
        }
      };
      // What a debugger asks for by itself may evaluate texts; what a timer calls is as good as the page's own.
      await new Promise(done => setTimeout(done));
      const heard = new Set();
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        heard.add(effectiveDirective),
      );
      const script = document.createElement('script');
      script.append('globalThis.hacked = 1');
      const image = document.createElement('img');
      const seen = {
        markup: await outcome(() => {
          document.createElement('div').innerHTML = '<b>x</b>';
        }),
        eval: await outcome(() => new Function('globalThis.hacked = 1')()),
        policy: await outcome(() => globalThis.trustedTypes.createPolicy('another', {})),
        fetch: await outcome(() => fetch('https://example.org/')),
        worker: await outcome(() => new Worker('https://example.org/worker.js')),
      };
      document.head.append(script);
      image.src = 'https://example.org/x.png';
      document.body.append(image);
      const form = document.createElement('form');
      form.action = 'https://example.org/';
      document.body.append(form);
      form.submit();
      await new Promise(done => setTimeout(done, 500));
      return { ...seen, hacked: globalThis.hacked ?? null, heard: [...heard].sort() };
    });
    assert.equal(tried.hacked, null);
    assert.deepEqual(
      [tried.markup, tried.eval, tried.policy, tried.fetch],
      ['TypeError', 'EvalError', 'TypeError', 'TypeError'],
    );
    assert.notEqual(tried.worker, 'done');
    for (const directive of [
      'connect-src',
      'form-action',
      'img-src',
      'require-trusted-types-for',
      'trusted-types',
    ]) {
      assert.ok(
        tried.heard.some(heard => heard.startsWith(directive)),
        `${directive} was not enforced: ${tried.heard}`,
      );
    }
  });
});
