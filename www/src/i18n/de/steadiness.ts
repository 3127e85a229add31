import { plural } from '../../page/format';
import type { Words } from '..';

const comparisons = (count: number) => plural(count, 'Vergleich', 'Vergleichen');

export const steadiness: Words['steadiness'] = {
  changes: kinds => `Die Wahl zwischen hoch und niedrig ändert sich ${kinds}.`,
  template: (share, compared) =>
    `mit der Vorlage (der Form der Frage, T1 bis T3) in ${share} von ${comparisons(compared)}`,
  order: (share, compared) => `durch das Vertauschen der Antworten in ${share} von ${comparisons(compared)}`,
  paraphrase: (share, compared) =>
    `durch andere Worte für dieselbe Frage in ${share} von ${comparisons(compared)}`,
  histogram: (shares, mass) =>
    `Geantwortet wurde ${shares} (ohne Gewohnheit je 25 %); ${mass} der Wahrscheinlichkeit für das nächste Wort entfielen auf diese vier.`,
  priors: shares => `Die Vorliebe für jeden Buchstaben an sich, was auch dahinter steht: ${shares}.`,
  letters: {
    heading: 'Welchen Buchstaben es vorgezogen hat',
    factual: 'Welchen Buchstaben es bei den Sachfragen vorgezogen hat',
    words: shares => `Beantwortete Buchstaben: ${shares.join(', ')}`,
    times: (share, count) => `${share} (${plural(count, 'Mal', 'Mal')})`,
    table: 'Die Buchstaben als Tabelle',
    columns: { letter: 'Buchstabe', share: 'Anteil an den Antworten', count: 'Antworten' },
    even: 'Die Antworten tauschen ihre Plätze; ohne Gewohnheit läge also jeder Buchstabe nahe bei 25 % (gestrichelt).',
    relabelled: (templates, count) =>
      `${templates} ${count === 1 ? 'hat' : 'haben'} andere Zeichen anstelle von A bis D; das erste wird bei A mitgezählt und so weiter.`,
    locked:
      'Es antwortet fast immer mit demselben Buchstaben; seine Buchstaben sagen also nichts über die Antworten.',
    mass: share =>
      `Optionsmasse: ${share} der Wahrscheinlichkeit für das nächste Wort entfielen auf die vier Buchstaben (oder Zahlen).`,
    noAnswer: 'Unter 25 % gilt als keine Antwort.',
    corrected: weights => `Ohne diese Vorliebe beträgt das Gewicht auf den hohen Antworten ${weights}.`,
    correctedOf: (weight, trait) => `${weight} für ${trait}`,
  },
};
