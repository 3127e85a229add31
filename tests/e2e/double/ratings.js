// Inventories of the double: it means what it says, likes to agree a little, and knows the facts by continuation alone.

const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The questions about one statement, as the core asks them. */
export function forms({ readouts, templates, layouts }) {
  return readouts.flatMap(readout =>
    readout === 'continuation'
      ? [{ readout, template: null, layout: null }]
      : templates.flatMap(template => layouts.map(layout => ({ readout, template, layout }))),
  );
}

/** A rating with that value of a scale of so many points. */
function rate({ id, domain, facet, keyed }, form, value, points) {
  return {
    item: id,
    domain,
    facet,
    keyed,
    ...form,
    options: Array.from({ length: points }, (_, i) => ({
      key: String(i + 1),
      logprob: -2 - Math.abs(i + 1 - value),
      tokens: 2,
      neutral_logprob: form.readout === 'letters' ? null : -3,
    })),
    option_mass: form.readout === 'letters' ? 0.5 : null,
    value,
    choice: Math.round(value),
    plain: form.readout === 'letters' ? null : value,
    refused: false,
  };
}

export function rateStatement(item, form, { scale }, place) {
  const opinion = { Extraversion: 0.8, Neuroticism: -0.9, Agreeableness: 0.5 }[item.domain] ?? 0.1;
  const wave = ((place * 7) % 5) / 10 - 0.2;
  return rate(item, form, 3.2 + (item.keyed === 'plus' ? opinion : -opinion) + wave, scale.length);
}

/** A true and a false statement of a question. */
export function rateFacts(n, form, { scale }) {
  return ['true', 'false'].map((side, i) => {
    const knows = form.readout === 'continuation' && n % 8 !== 7;
    const item = { id: `gate-${n}/${side}`, domain: 'facts', facet: null, keyed: i === 0 ? 'plus' : 'minus' };
    return rate(item, form, knows && i === 0 ? 4 : 3, scale.length);
  });
}

/** In how many domains statements of both kinds say the same. */
function bothKinds(ratings) {
  const domains = [...new Set(ratings.map(({ domain }) => domain))].map(domain =>
    ['plus', 'minus'].map(keyed => ratings.filter(row => row.domain === domain && row.keyed === keyed)),
  );
  const both = domains.filter(([plus, minus]) => plus.length > 0 && minus.length > 0);
  const above = rows => mean(rows.map(({ value }) => value)) - 3;
  const consistent = both.filter(([plus, minus]) => above(plus) * above(minus) < 0);
  return { domains: both.length, consistent: consistent.length };
}

/** How far both ways of reading say the same of all statements; none where one is missing. */
function readoutAgreement(ratings) {
  const of = readout => {
    const items = new Map();
    for (const row of ratings.filter(row => row.readout === readout)) {
      const value = row.keyed === 'plus' ? row.value : row.options.length + 1 - row.value;
      items.set(row.item, [...(items.get(row.item) ?? []), value]);
    }
    return items;
  };
  const [letters, continuation] = [of('letters'), of('continuation')];
  const both = [...letters.keys()].filter(item => continuation.has(item));
  if (both.length === 0) return [];
  const same = both.filter(item => mean(letters.get(item)) > 3 === mean(continuation.get(item)) > 3);
  return [{ trait: null, items: both.length, same: same.length / both.length, correlation: null }];
}

export function summariseRatings(ratings, facts, asked, norms) {
  if (ratings.length + facts.length === 0) return null;
  const scores = [];
  const agreement = [];
  for (const readout of ['letters', 'continuation']) {
    const own = ratings.filter(row => row.readout === readout);
    const facets = new Set(own.filter(({ facet }) => facet).map(({ domain, facet }) => `${domain}|${facet}`));
    const scales = [...new Set(own.map(({ domain }) => domain)), ...facets];
    for (const scale of scales) {
      const [domain, facet = null] = scale.split('|');
      const rows = own.filter(row => row.domain === domain && (facet === null || row.facet === facet));
      const points = rows[0].options.length;
      const value = mean(rows.map(row => (row.keyed === 'plus' ? row.value : points + 1 - row.value)));
      scores.push({
        domain,
        facet,
        readout,
        items: new Set(rows.map(({ item }) => item)).size,
        left_out: 0,
        points,
        score: Math.round(value),
        expected: { value, low: value - 0.3, high: value + 0.3 },
        sd: 0.8,
        order_changes: readout === 'letters' ? 0.4 : null,
        refusals: 0,
        option_mass: readout === 'letters' ? 0.5 : null,
        norm: norms.find(norm => norm.domain === domain && (norm.facet ?? null) === facet) ?? null,
      });
    }
    const side = keyed => own.filter(row => row.keyed === keyed).map(({ value }) => value);
    const [plus, minus] = [side('plus'), side('minus')];
    if (plus.length > 0 && minus.length > 0) {
      const estimate = values => ({ value: mean(values), low: mean(values) - 0.2, high: mean(values) + 0.2 });
      agreement.push({
        readout,
        plus_items: plus.length,
        plus: estimate(plus),
        minus_items: minus.length,
        minus: estimate(minus),
        bias: (mean(plus) + mean(minus)) / 2 - 3,
        ...bothKinds(own),
      });
    }
  }
  const gate = ['letters', 'continuation'].flatMap(readout => {
    const values = new Map(facts.filter(row => row.readout === readout).map(row => [row.item, row.value]));
    const questions = [...values.keys()].filter(item => item.endsWith('/true'));
    if (questions.length === 0) return [];
    const right = questions.filter(
      item => values.get(item) > values.get(item.replace('true', 'false')),
    ).length;
    const rate = right / questions.length;
    const counts = { items: questions.length, questions: questions.length, asked, right, rate };
    const passes = rate > 0.75 && questions.length === asked;
    return [
      {
        readout,
        ...counts,
        low: Math.max(0, rate - 0.1),
        high: Math.min(1, rate + 0.1),
        chance: 0.5,
        p_right: rate,
        letters: null,
        passes,
      },
    ];
  });
  const shown = gate.find(({ readout, passes }) => passes && scores.some(score => score.readout === readout));
  const readouts = readoutAgreement(ratings);
  return { scores, agreement, readouts, labels: null, locked: false, gate, offered: shown?.readout ?? null };
}
