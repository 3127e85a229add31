import { plural } from '../../page/format';
import type { Words } from '..';

export const studyCharts: Words['studyCharts'] = {
  ladder: {
    words: (scale, first, last, steps) =>
      `Median der Werte von ${scale}: von ${first} auf der ersten Stufe bis ${last} auf der letzten von ${steps}.`,
    wordsRank: (scale, first, last, steps, rank) =>
      `Median der Werte von ${scale}: von ${first} auf der ersten Stufe bis ${last} auf der letzten von ${steps}; Rangkorrelation von Stufe und Wert ${rank}.`,
    below: 'Die Tabellen darunter enthalten alle Zahlen.',
    step: rank => `Stufe ${rank}`,
  },

  plane: {
    heading: (instrument, readout) => `${instrument} (${readout}): wo die Einstellungen liegen`,
    words: (lie, first, firstShare, second, secondShare) =>
      `Einstellungen in der Ebene der beiden Hauptkomponenten: ${lie}; die erste folgt vor allem ${first} (${firstShare} der Varianz), die zweite vor allem ${second} (${secondShare}).`,
    settings: settings => plural(settings, 'Einstellung', 'Einstellungen'),
    lieApart: (apart, settings) =>
      `${apart} von ${plural(settings, 'Einstellung', 'Einstellungen')} ${apart === 1 ? 'liegt' : 'liegen'} abseits der übrigen`,
    axis: share => `erste Komponente (${share} der Varianz)`,
    legend: (first, second, share) =>
      `Jede Marke ist eine Einstellung; nahe beieinander liegende ergeben ähnliche Werte. Waagerecht: vor allem ${first}. Senkrecht: vor allem ${second} (${share} der Varianz).`,
    apart: (apart, settings, least, reach) =>
      `${apart} von ${plural(settings, 'Einstellung', 'Einstellungen')} (${apart === 1 ? 'Ring' : 'Ringe'}) ${apart === 1 ? 'liegt' : 'liegen'} abseits: weniger als ${least} im Umkreis von ${reach} Punkten.`,
    table: 'Jede Einstellung als Tabelle',
    group: 'Jede Einstellung',
    first: 'Erste Komponente',
    second: 'Zweite Komponente',
    liesApart: 'Liegt abseits',
  },

  difference: {
    words: (unit, found) => `Differenzen (${unit}): ${found}`,
    lower: 'niedriger',
    higher: 'höher',
    row: (scale, value, unit, interval) => `${scale}: ${value} ${unit}, ${interval}`,
    interval: (low, high) => `95-%-Intervall ${low} bis ${high}`,
    none: why => `${why} für ein Intervall`,
    few: 'zu wenige Aufgaben',
  },
};
