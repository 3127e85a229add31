// Free answers of the double: two of three questions about an item or a statement are answered with the second label.

/** Whether an answer names an option: by what is asked, so that it does not matter who is asked and when. */
const names = (...question) => [...question.join('/')].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 3 > 0;

export async function freeAnswers({ test, samples }, onProgress, control, step) {
  const forms = test.templates.flatMap(template => test.layouts.map(layout => ({ template, layout })));
  const items = test.items.items.map(item => ({ item, scale: null }));
  const statements = (test.inventory?.items ?? []).map(item => ({ item, scale: test.inventory.scale }));
  const questions = [...items, ...statements].flatMap(unit => forms.map(form => ({ ...unit, ...form })));
  const answers = [];
  const ratings = [];
  const result = cancelled => ({
    answers,
    ratings,
    summary: summariseFree(answers, ratings, test.seed),
    cancelled,
  });
  for (const { item, scale, template, layout } of questions) {
    for (let sample = 0; sample < samples; sample += 1) {
      await step();
      if (control.cancelled) return result(true);
      const named = names(item.id, template, layout, sample);
      const text = named ? 'B.' : 'I would rather not say.';
      const head = { item: item.id, template, layout, sample, text };
      const forward = layout === 'forward';
      if (scale === null) {
        answers.push({
          ...head,
          trait: item.personality,
          choice: named ? (forward ? 'low1' : 'high1') : null,
        });
      } else {
        const points = forward ? scale.length - 1 : 2;
        ratings.push({
          ...head,
          domain: item.domain,
          keyed: item.keyed,
          of: scale.length,
          points: named ? points : null,
        });
      }
      const done = answers.length + ratings.length;
      onProgress({ phase: 'answers', done, total: questions.length * samples });
    }
  }
  return result(false);
}

export function summariseFree(answers, ratings, _seed) {
  const points = ({ keyed, of, points }) =>
    points === null ? null : keyed === 'plus' ? points : of + 1 - points;
  return {
    items: scores(
      answers.map(({ trait, choice, ...answer }) => ({
        ...answer,
        scale: trait,
        value: choice && (choice.startsWith('high') ? 100 : 0),
      })),
    ),
    statements: scores(ratings.map(rating => ({ ...rating, scale: rating.domain, value: points(rating) }))),
  };
}

function scores(answers) {
  if (answers.length === 0) return null;
  const named = answers.filter(({ value }) => value !== null);
  return {
    scores: [...new Set(answers.map(({ scale }) => scale))].map(scale => {
      const own = named.filter(answer => answer.scale === scale);
      const value = own.reduce((sum, answer) => sum + answer.value, 0) / (own.length || 1);
      return {
        scale,
        items: new Set(own.map(({ item }) => item)).size,
        score: own.length === 0 ? null : { value, low: 0.8 * value, high: 1.2 * value },
        refused: share(answers.filter(answer => answer.scale === scale)),
      };
    }),
    refused: share(answers),
    retest: answers.some(({ sample }) => sample === 1)
      ? { pairs: new Set(named.map(({ item }) => item)).size, r: 0.5, apart: 0.2, same: 0.75 }
      : null,
  };
}

function share(answers) {
  const count = answers.filter(({ value }) => value === null).length;
  const rate = count / answers.length;
  return { of: answers.length, count, share: rate, low: rate / 2, high: (1 + rate) / 2 };
}
