// Walks a page by the Tab key.

import assert from 'node:assert/strict';

/** Presses of the key at most. */
const MOST = 600;

/** Runs in the page: numbers its controls in sight and says what each is, in the order in which they are shown. */
function numberControls() {
  window.controls = [];
  const walk = element => {
    const control = element.matches(
      'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]',
    );
    const seen = element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
    // Of radio buttons of one name Tab stops at the one that is chosen.
    const passed = element.type === 'radio' && element.name !== '' && !element.checked;
    if (control && seen && !passed) window.controls.push(element);
    const given = element.localName === 'slot' ? element.assignedElements() : [];
    for (const child of given.length > 0 ? given : (element.shadowRoot ?? element).children) walk(child);
  };
  walk(document.body);
  return window.controls.map(element => element.outerHTML.slice(0, 160));
}

/** Runs in the page: which of the controls has the focus (−1: none of them), and whether that is seen. */
function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!element || element === document.body) return null;
  const label = element.closest('label');
  // Large rows draw the frame of the control in them.
  const framed = [element, label].some(one => {
    const { outlineStyle, outlineWidth } = one ? getComputedStyle(one) : { outlineStyle: 'none' };
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  const { left, right, top, bottom } = (label ?? element).getBoundingClientRect();
  const within = bottom > 0 && top < innerHeight;
  // What stays in sight at the top and the bottom of the window may not lie on all of it.
  const { shadowRoot } = document.querySelector('traitscope-app');
  const lies = ['ts-nav', 'ts-tour'].map(name => shadowRoot.querySelector(name));
  const own = lies.some(one => one?.shadowRoot.contains(element));
  const at = (from, to, share, end) => Math.max(1, Math.min(end - 2, from + share * (to - from)));
  const free = [0.05, 0.5, 0.95].some(x =>
    [0.05, 0.5, 0.95].some(y => {
      const point = [at(left, right, x, innerWidth), at(top, bottom, y, innerHeight)];
      return !lies.includes(shadowRoot.elementFromPoint(...point));
    }),
  );
  const seen = framed && within && (own || free);
  return { number: window.controls.indexOf(element), seen, html: element.outerHTML.slice(0, 160) };
}

/** The controls in sight, and what Tab came to from the beginning of the page until it left it, or from its end with Shift. */
async function tabThrough(page, back) {
  const controls = await page.evaluate(numberControls);
  await page.evaluate(back => {
    document.activeElement?.blur();
    getSelection().removeAllRanges();
    const start = document.createElement('span');
    start.tabIndex = -1;
    document.body[back ? 'append' : 'prepend'](start);
    start.focus();
    start.remove();
  }, back);
  const stops = [];
  for (let i = 0; i < MOST; i++) {
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    const stop = await page.evaluate(focused);
    // Behind the last control the browser goes round.
    if (stop === null || (stop.number >= 0 && stop.number === stops[0]?.number)) break;
    stops.push(stop);
  }
  return { controls, stops };
}

/**
 * Walks all controls in sight by Tab, or `back` from the last, and fails where one is not reached, not in the order of the page, or its
 * focus not seen.
 */
export async function walkByTab(page, what, { back = false } = {}) {
  const { controls, stops } = await tabThrough(page, back);
  const hidden = stops.filter(({ seen }) => !seen).map(({ html }) => html);
  assert.deepEqual(hidden, [], `${what}: the focus is not seen`);
  const numbers = stops.map(({ number }) => number).filter(number => number >= 0);
  const missed = controls.filter((_, number) => !numbers.includes(number));
  assert.deepEqual(missed, [], `${what}: not reached`);
  const sorted = numbers.toSorted((a, b) => (back ? b - a : a - b));
  assert.deepEqual(numbers, sorted, `${what}: not in the order of the page`);
}

/** Runs in the page: what the control that has the focus is called. */
function called() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!element || element === document.body) return '';
  const label = element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent;
  return label.trim().replaceAll(/\s+/g, ' ');
}

/** Goes by Tab to the next control whose name is like that. */
export async function tabTo(page, name) {
  for (let i = 0; i < MOST; i++) {
    await page.keyboard.press('Tab');
    if (name.test(await page.evaluate(called))) return;
  }
  assert.fail(`Tab does not come to ${name}`);
}

/** Presses a control by its name, without a mouse. */
export async function pressByKey(page, name, key = 'Enter') {
  await tabTo(page, name);
  await page.keyboard.press(key);
}
