// Walks a page by the Tab key.

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
  const { top, height } = element.getBoundingClientRect();
  // Large rows draw the frame of the control in them.
  const framed = [element, element.closest('label')].some(one => {
    const { outlineStyle, outlineWidth } = one ? getComputedStyle(one) : { outlineStyle: 'none' };
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  const within = top + height > 0 && top < innerHeight;
  return { number: window.controls.indexOf(element), framed, within, html: element.outerHTML.slice(0, 160) };
}

/** The controls in sight, and what Tab came to from the beginning of the page until it left it. */
export async function tabThrough(page, most = 400) {
  const controls = await page.evaluate(numberControls);
  await page.evaluate(() => {
    document.activeElement?.blur();
    getSelection().removeAllRanges();
    const start = document.createElement('span');
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    start.remove();
  });
  const stops = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focused);
    // Behind the last control the browser goes round.
    if (stop === null || (stop.number >= 0 && stop.number === stops[0]?.number)) break;
    stops.push(stop);
  }
  return { controls, stops };
}
