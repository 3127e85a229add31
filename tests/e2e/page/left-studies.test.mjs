// Studies of a push, of a meter and of answers in words whose page crashes, is loaded anew or is stopped in the middle: what they had done is
// there at the next visit, and they go on to what they would have been. With the double.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judge } from '../axe.mjs';
import { allPlaces, go, steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

const QUERY = '?device=cpu&workers=1&per_trait=2&gate=8&templates=T1&readouts=letters,continuation';
const LEFT = /was not finished/;

const push = page => page.locator('ts-effect-step');
const meter = page => page.locator('ts-monitor-step');
const words = page => page.locator('ts-free-answers');
const TEXTS = 'Why?\tBecause it is so.\nHow?\tSo.\nWhen?\tThen, and not before.\nWho?\tI.';

/** Begins a study of Steer of that kind. */
const begins = kind => async page => {
  await push(page).getByRole('radio', { name: kind }).check();
  await push(page).locator('button[data-next]').click();
};
const pushed = page => push(page).locator('[data-study=done]').waitFor();

/** Milliseconds of a forward of the double: a study of two parts is still under way when the first is written. */
const SLOW = 600;
const BRISK = 150;

/** The studies that are asked part by part; `title` is how the offer has it. */
const PARTED = [
  {
    what: 'a push',
    title: 'Effect of a push: agreeableness',
    place: push,
    begin: begins(/^Short/),
    step: SLOW,
    done: pushed,
    save: 'Save the study',
  },
  {
    what: 'a push in full, beside the same asked for in words',
    title: 'Effect of a push: agreeableness',
    place: push,
    begin: begins(/^Full/),
    done: pushed,
    save: 'Save the study',
  },
  {
    what: 'a push whose layer was chosen before',
    title: 'Effect of a push: agreeableness',
    query: '&sweep=1',
    place: push,
    begin: begins(/^Short/),
    step: SLOW,
    done: pushed,
    save: 'Save the study',
  },
  {
    what: 'pushes along every direction',
    title: 'Pushes along every direction',
    place: push,
    begin: begins(/^Every direction/),
    done: pushed,
    save: 'Save the study',
  },
  {
    what: 'a meter',
    title: 'Meter and answers: agreeableness',
    place: meter,
    begin: page => meter(page).getByRole('button', { name: 'Read the meter and ask' }).click(),
    done: page => meter(page).locator('[data-monitor=done]').waitFor(),
    save: 'Save the study',
  },
  {
    what: 'answers in words',
    title: 'Answers in words',
    place: page => page.locator('ts-results-step'),
    begin: async page => {
      await steps.run(page);
      await words(page).getByText('How often does it not answer at all?').click();
      await words(page).getByLabel('Answers to each question').selectOption('2');
      await page.getByRole('button', { name: 'Have it answer in words' }).click();
    },
    done: page => words(page).locator('[data-refused]').waitFor(),
    save: 'Save the answers',
  },
];

/** From the next visit on, notes which items the worker is asked about in studies. */
const noteAsked = page =>
  page.addInitScript(() => {
    window.asked = [];
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      const [name] = message.path ?? [];
      if (['effect', 'monitoring', 'freeAnswers'].includes(name)) {
        const [, , request] = message.argumentList;
        window.asked.push(...request.value.test.items.items.map(({ id }) => id));
      }
      return postMessage.call(this, message, ...rest);
    };
  });

/** How many parts of studies lie in the browser. */
const partsKept = page =>
  page.evaluate(async () => {
    const done = request =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('traitscope-recorded-studies'));
    const stored = await done(database.transaction('parts').objectStore('parts').getAll());
    database.close();
    return stored.flatMap(({ parts }) => parts).filter(({ part }) => part !== undefined).length;
  });

/** Waits until so many parts are kept. */
async function kept(page, count) {
  while ((await partsKept(page)) < count) await page.waitForTimeout(50);
}

const saved = async (page, name) => JSON.parse(await steps.save(page, name));

/** What of a record has to be the same however often it was interrupted; the double that can be caught is another file than the quick one. */
function found({ date: _, model: { name }, result, ...rest }) {
  const { milliseconds: __, ...measured } = result;
  return { ...rest, name, result: measured };
}

async function loaded(plan, query = '') {
  const opened = await open(send(model(plan)), { query: QUERY + query });
  await steps.load(opened.page);
  return opened;
}

/** The same study without an interruption. */
async function whole({ begin, done, save, query }) {
  const { page } = await loaded({}, query);
  await begin(page);
  await done(page);
  const record = await saved(page, save);
  assert.equal(await page.getByText(LEFT).count(), 0);
  await now.browser.close();
  await now.server.close();
  return record;
}

/** Ends the renderer of a page as a fault of the browser would, and opens the page anew beside it. */
async function crash(page, query = '') {
  await Promise.allSettled([page.waitForEvent('crash'), page.goto('chrome://crash')]);
  const next = await now.browser.context.newPage();
  await noteAsked(next);
  await next.goto(now.server.url + allPlaces(QUERY + query));
  return next;
}

describe('after a crash of its tab', () => {
  for (const study of PARTED) {
    const { what, title, place, begin, done, save, query, step = BRISK } = study;
    test(`the study of ${what} goes on to what it would have been`, async () => {
      const wanted = await whole(study);
      const { page } = await loaded({ step }, query);
      await begin(page);
      await kept(page, 1);
      const next = await crash(page, query);
      const offer = place(next).locator('ts-left-study');
      await offer.getByText(`“${title}” with Double 135M, begun on`).waitFor();
      await offer.getByText('Load that model for it.').waitFor();
      const goOn = offer.getByRole('button', { name: 'Go on with it' });
      assert.ok(await goOn.isDisabled());
      await steps.load(next);
      await goOn.click();
      await done(next);
      const record = await saved(next, save);
      assert.deepEqual(found(record), found(wanted));
      // What was finished is asked no more.
      const asked = await next.evaluate(() => window.asked);
      assert.ok(asked.length > 0);
      const [first] = (query ? record.chosen : record).items.ids;
      assert.ok(!asked.includes(first), `${first} is asked again`);
      await next.getByText(LEFT).waitFor({ state: 'detached' });
      // It is kept as one result, and nothing is left.
      await next.reload();
      await next.locator('[data-earlier]').waitFor({ state: 'attached' });
      assert.equal(await next.getByText(LEFT).count(), 0);
    });
  }

  test('a study of a direction of one’s own goes on with it', async () => {
    const make = async page => {
      await page.getByText('Directions of your own').click();
      await page.getByLabel('Name of the trait').fill('Early rising');
      await page.getByLabel('Texts that show it', { exact: false }).fill('I am up.\nI rise.\nI wake.');
      await page
        .getByLabel('Texts that show the opposite', { exact: false })
        .fill('I lie.\nI doze.\nI sleep.');
      await page.getByRole('button', { name: 'Make the direction' }).click();
      await page.locator('[data-made]').waitFor();
      await push(page).getByRole('combobox').selectOption('early-rising');
      await begins(/^Short/)(page);
    };
    const wanted = await whole({ begin: make, done: pushed, save: 'Save the study' });
    const { page } = await loaded({ step: SLOW });
    await make(page);
    await kept(page, 1);
    const next = await crash(page);
    await steps.load(next);
    await push(next).getByRole('button', { name: 'Go on with it' }).click();
    await pushed(next);
    const record = await saved(next, 'Save the study');
    assert.equal(record.trait, 'early-rising');
    assert.deepEqual(found(record), found(wanted));
  });

  test('a study of another push can be gone on with where the page is set to something else', async () => {
    const { page } = await loaded({ step: SLOW });
    await begins(/^Every direction/)(page);
    await kept(page, 2);
    // The address of the new page says nothing of the kind.
    const next = await crash(page);
    await steps.load(next);
    assert.ok(
      await push(next)
        .getByRole('radio', { name: /^Short/ })
        .isChecked(),
    );
    await push(next).getByRole('button', { name: 'Go on with it' }).click();
    await push(next).locator('ts-specificity-result').waitFor();
  });
});

/** The studies that are of one piece. */
const ONE_PIECE = [
  {
    what: 'texts under doses',
    title: 'Texts under every dose: agreeableness',
    place: push,
    begin: begins(/^How far/),
    reached: page =>
      push(page)
        .getByText(/(1\d|[2-6]\d) of 72 texts/)
        .waitFor(),
    done: pushed,
    save: 'Save the study',
  },
  {
    what: 'texts of one’s own',
    title: 'Texts along a direction: agreeableness',
    place: meter,
    begin: async page => {
      await meter(page).getByText('Texts of your own').click();
      await meter(page).getByLabel('Questions and answers').fill(TEXTS);
      await meter(page).getByRole('button', { name: 'Read the texts' }).click();
    },
    reached: page =>
      meter(page)
        .getByText(/[12] of 4 texts/)
        .waitFor(),
    done: page => meter(page).locator('[data-texts=done]').waitFor(),
    save: 'Save the readings',
  },
];

describe('a study of one piece', () => {
  for (const study of ONE_PIECE) {
    const { what, title, place, begin, reached, done, save } = study;
    test(`that reads or writes ${what} begins again after a reload, asked for the same`, async () => {
      const wanted = await whole(study);
      const { page } = await loaded({ step: what.includes('own') ? 500 : 60 });
      await begin(page);
      await reached(page);
      page.on('dialog', dialog => dialog.accept());
      await page.reload();
      const offer = place(page).locator('ts-left-study');
      await offer.getByText(`“${title}” with Double 135M, begun on`).waitFor();
      await offer.getByText('Nothing of it was finished').waitFor();
      await steps.load(page);
      await offer.getByRole('button', { name: 'Begin it again' }).click();
      await done(page);
      assert.deepEqual(found(await saved(page, save)), found(wanted));
      await page.getByText(LEFT).waitFor({ state: 'detached' });
    });
  }
});

describe('a study that was left', () => {
  test('because it was stopped is kept once, and is the whole once it was gone on with', async () => {
    const wanted = await whole(PARTED[0]);
    const { page } = await loaded({ step: SLOW });
    await begins(/^Short/)(page);
    await kept(page, 1);
    await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
    await pushed(page);
    await push(page).getByText('The study ended early').waitFor();
    const part = await saved(page, 'Save the study');
    assert.equal(part.result.cancelled, true);
    await page.locator('[data-earlier="1"]').waitFor({ state: 'attached' });
    await push(page).getByText(LEFT).waitFor();
    await push(page).getByRole('button', { name: 'Go on with it' }).click();
    await push(page).locator('[data-study=running]').waitFor();
    await pushed(page);
    const record = await saved(page, 'Save the study');
    assert.deepEqual(found(record), found(wanted));
    assert.equal(record.date, part.date);
    await page.locator('[data-earlier="1"]').waitFor({ state: 'attached' });
    assert.equal(await page.getByText(LEFT).count(), 0);
  });

  test('goes on after its worker ended, with the model loaded anew', async () => {
    const { page } = await loaded({ crashAfter: 6 });
    await begins(/^Short/)(page);
    await push(page).locator('ts-notice', { hasText: 'worker.crashed' }).waitFor();
    await page.locator('[data-load-again]').first().click();
    await steps.ready(page);
    await push(page).getByRole('button', { name: 'Go on with it' }).click();
    await pushed(page);
    const { result } = await saved(page, 'Save the study');
    assert.equal(result.cancelled, false);
  });

  test('is forgotten, had back, and waits for its own model; Results leads to it', async () => {
    const { page } = await loaded({ step: SLOW });
    await begins(/^Short/)(page);
    await kept(page, 1);
    await page.reload();
    await go(page, 'results');
    const link = page
      .locator('ts-found-studies')
      .getByRole('link', { name: /^Not finished: Effect of a push/ });
    await link.waitFor();
    await steps.drop(page, 'other.gguf', 'GGUF{"step":1}');
    await push(page).getByText('now it is other.gguf').waitFor();
    assert.ok(await push(page).getByRole('button', { name: 'Go on with it' }).isDisabled());
    const offer = page.locator('[data-left=effect]');
    const before = await offer.innerText();
    const faults = [];
    await judge(page, 'a study that was left', faults);
    await push(page).getByRole('button', { name: 'Forget it' }).click();
    await offer.waitFor({ state: 'detached' });
    await page
      .locator('[aria-live=polite]', { hasText: /Forgotten: “Effect of a push: agreeableness”/ })
      .waitFor();
    await link.waitFor({ state: 'detached' });
    await page.locator('button:focus', { hasText: 'Undo' }).waitFor();
    await judge(page, 'a study that was forgotten', faults);
    assert.deepEqual(faults, []);
    await page.keyboard.press('Enter');
    await offer.waitFor();
    assert.equal(await offer.innerText(), before);
    await page.locator('button:focus', { hasText: 'Forget it' }).waitFor();
    await page.keyboard.press('Enter');
    await offer.waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('ts-left-study').first().waitFor({ state: 'attached' });
    await steps.load(page);
    assert.equal(await page.getByText(LEFT).count(), 0);
  });

  test('of two places is offered in each in turn', async () => {
    const { page } = await loaded({ step: SLOW });
    await begins(/^Short/)(page);
    await kept(page, 1);
    await page.reload();
    await steps.load(page);
    await meter(page).getByRole('button', { name: 'Read the meter and ask' }).click();
    await kept(page, 2);
    await page.reload();
    await meter(page).getByText('Older ones are kept too (1)').waitFor();
    await meter(page).getByRole('button', { name: 'Forget it' }).click();
    await push(page).getByText(LEFT).waitFor();
  });
});

test('full storage is told once, and a study comes to its end all the same', async () => {
  const { page } = await loaded({ step: SLOW });
  await begins(/^Short/)(page);
  await kept(page, 1);
  await page.evaluate(() => {
    for (const name of ['add', 'put']) {
      IDBObjectStore.prototype[name] = () => {
        throw new DOMException('the disk is full', 'QuotaExceededError');
      };
    }
  });
  await pushed(page);
  const notice = page.locator('ts-notice', { hasText: 'storage.results' });
  await notice.first().waitFor();
  assert.equal(await notice.count(), 1);
  assert.equal((await saved(page, 'Save the study')).result.cancelled, false);
});

test('what lies in the database and is of another page breaks nothing and stays there', async () => {
  const { page } = await loaded({ step: SLOW });
  await begins(/^Short/)(page);
  await kept(page, 1);
  const write = () =>
    page.evaluate(async () => {
      const done = request =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await done(indexedDB.open('traitscope-recorded-studies'));
      const writing = database.transaction(['heads', 'parts'], 'readwrite');
      const heads = writing.objectStore('heads');
      const strange = [
        { id: 'a' },
        { id: 'b', date: 5 },
        { id: 'c', date: '2999-01-01T00:00:00.000Z', asked: { kind: 'seance' } },
        { id: 'd', date: '2999-01-01T00:00:00.000Z', asked: null },
      ];
      for (const head of strange) {
        heads.put(head);
        writing.objectStore('parts').put({ of: head.id, parts: [1] });
      }
      await new Promise(resolve => {
        writing.oncomplete = resolve;
      });
      const keys = await done(database.transaction('heads').objectStore('heads').getAllKeys());
      database.close();
      return keys.length;
    });
  const count = await write();
  await page.reload();
  await push(page).getByText(LEFT).waitFor();
  await steps.load(page);
  await push(page).getByRole('button', { name: 'Go on with it' }).click();
  await pushed(page);
  await page.getByText(LEFT).waitFor({ state: 'detached' });
  // The study itself is gone from there, the others are not.
  assert.equal(await write(), count - 1);
});
