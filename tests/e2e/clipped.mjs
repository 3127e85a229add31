// Finds text that is cut off: in boxes that hide what does not fit, in charts, in selects, and beyond the window's left edge.

/** Runs in the page: what is cut off, a line each. */
function cutOff() {
  const found = [];
  const hides = value => value === 'hidden' || value === 'clip';
  const pen = document.createElement('canvas').getContext('2d');
  const note = (element, why) => {
    const text = (element.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 60);
    found.push(
      `${element.getRootNode().host?.localName ?? 'document'} ${element.localName} “${text}” ${why}`,
    );
  };
  const box = (element, style) => {
    const wide = hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    const high = hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
    if (wide) note(element, `${element.scrollWidth} px wide in ${element.clientWidth}`);
    if (high) note(element, `${element.scrollHeight} px high in ${element.clientHeight}`);
  };
  const chart = (element, style) => {
    if (!hides(style.overflowX)) return;
    const outer = element.getBoundingClientRect();
    for (const text of element.querySelectorAll('text')) {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      const inside =
        left >= outer.left - 1 &&
        right <= outer.right + 1 &&
        top >= outer.top - 1 &&
        bottom <= outer.bottom + 1;
      if (!inside) note(text, 'reaches out of its chart');
    }
  };
  const select = (element, style) => {
    pen.font = style.font;
    const { width } = pen.measureText(element.selectedOptions[0]?.textContent.trim() ?? '');
    const room =
      element.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    if (width > room + 1)
      note(element.selectedOptions[0], `${Math.round(width)} px wide in ${Math.round(room)}`);
  };
  const walk = root => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) walk(element.shadowRoot);
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.visually-hidden'))
        continue;
      const style = getComputedStyle(element);
      // What is on the page for those who listen, or comes into view when it has the focus.
      if (style.clipPath !== 'none') continue;
      if (element.localName === 'svg') chart(element, style);
      else if (element.localName === 'select') select(element, style);
      else if (element instanceof HTMLElement && element.localName !== 'progress') box(element, style);
      const { left, width } = element.getBoundingClientRect();
      const leaves = width > 0 && left + scrollX < -1 && element.childElementCount === 0;
      if (leaves && element.textContent.trim() !== '') note(element, 'begins left of the window');
    }
  };
  walk(document);
  return found;
}

/** Text that is cut off, a line each. */
export const clipped = page => page.evaluate(cutOff);
