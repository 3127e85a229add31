// Whether what the headings of tables name is explained: where it stands, or by an entry of the glossary.

/** Headings that name no measure: what a row is of or was asked, what was written, and ends of a span. */
const PLAIN =
  `As it is, Asked for, Asked to be, Came, Device, Form, Instruction, Items of, Lowest to highest, Number, Prompt, Question, Read as,
  Read by, Scale, Steered, Time, Token`.split(/,\s+/);

/** What data are called: traits, whole and cut, reports with their models, what a study varies, and doses. */
const DATA = [
  /^(Openness|Conscientiousness|Extraversion|Agreeableness|Neuroticism|Machiavellianism|Narcissism|Psychopathy)( ?continuation| ?letters)?$/,
  /^[A-Z][a-z]{3}\.$/,
  /^\d+ · /,
  /^(step|order)$/,
  /^Push of /,
];

/** Runs in the page: headings of columns in sight with the helps that stand in their element, charts without a help, the glossary. */
function standing() {
  const headings = [];
  const charts = [];
  const entries = {};
  const helps = root => [...root.querySelectorAll('ts-help')].map(help => help.of);
  const walk = root => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches('thead th') && element.checkVisibility()) {
        const text = element.textContent.trim().replaceAll(/\s+/g, ' ');
        const own = element.querySelector('ts-help') !== null;
        headings.push({ text, own, beside: helps(root), where: root.host.localName });
      }
      if (element.localName === 'ts-chart-actions' && element.checkVisibility()) {
        const within = [...element.querySelectorAll('*')].flatMap(part => part.shadowRoot ?? []);
        if ([root, ...within].every(one => helps(one).length === 0)) charts.push(element.label);
      }
      if (element.matches('[data-term]')) {
        const term = element.querySelector('strong').textContent.replace(/\.$/, '');
        entries[element.dataset.term] = { term, text: element.textContent };
      }
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return { headings, charts, entries };
}

/** The headings and charts in sight that nothing explains, with About among the places that are shown. */
export async function unexplained(page) {
  const { headings, charts, entries } = await page.evaluate(standing);
  const explained = Object.keys(entries).length;
  if (explained < 40) throw new Error(`${explained} entries of the glossary were found`);
  const says = (text, word) => {
    const name = word.toLowerCase().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\d])${name}(?![\\p{L}\\d])`, 'u').test(text.toLowerCase());
  };
  const found = headings.filter(({ text, own, beside }) => {
    if (own || PLAIN.includes(text) || DATA.some(kind => kind.test(text))) return false;
    // Of several, as “Refusals”, the entry is called by one; a unit or a kind in brackets is not part of the name.
    const bare = text.replace(/ \(.*\)$/, '');
    const names = [text, bare, bare.replace(/s$/, '')];
    const called = Object.values(entries).some(
      ({ term }) => names.some(name => says(term, name)) || says(text, term),
    );
    return !called && !beside.some(entry => names.some(name => says(entries[entry]?.text ?? '', name)));
  });
  return [...new Set([...found.map(({ text, where }) => `${text} (${where})`), ...charts])];
}
