import type { Words } from '..';

export const likert: Words['likert'] = {
  label: (points, found) => `Werte der Domänen von ${points} Punkten: ${found}`,
  filled:
    'Gefüllt: mittlere Antwort, jede Antwort mit ihrer Wahrscheinlichkeit gewichtet, mit ihrem 95-%-Intervall über die Aussagen; Aussagen gegen eine Domäne sind umgepolt.',
  circle: source => `Kreis: Mittelwert von Menschen (${source}).`,
  circleBand: source =>
    `Kreis: Mittelwert von Menschen, in einem Band von einer Standardabweichung nach beiden Seiten, in dem zwei von drei Menschen liegen (${source}).`,
  inTable: 'Domänen und Facetten als Tabelle',
  row: (domain, value, points, interval) => `${domain}: ${value} von ${points} Punkten, ${interval}`,
  rowPeople: (domain, value, points, interval, people) =>
    `${domain}: ${value} von ${points} Punkten, ${interval}, Mittelwert von Menschen ${people}`,
  interval: (low, high) => `95-%-Intervall ${low} bis ${high}`,
  tooFew: 'zu wenige Aussagen für ein Intervall',
  meanAnswer: 'mittlere Antwort',
  peoplesMean: 'Mittelwert von Menschen',
  bars: readout => `Werte der Domänen, ${readout}`,
  radar: readout => `Netzdiagramm der Domänen, ${readout}`,
  table: {
    label: 'Domänen und Facetten',
    caption: (readout, points) => `${readout}: Punkte von 1 bis ${points}`,
    scale: 'Skala',
    chosen: 'Gewählt',
    sd: 'SD',
    mean: 'Mittlere Antwort',
    interval: '95-%-Intervall',
    people: 'Menschen (SD)',
    statements: 'Aussagen',
    changes: 'Änderungen durch Reihenfolge',
    refusals: 'Verweigerungen',
    tooFew: 'zu wenige',
  },
};
