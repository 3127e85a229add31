import type { Words } from '..';

export const gate: Words['gate'] = {
  notFinished: 'nicht beendet',
  tooFew: 'zu wenige Fragen',
  works: '✓ funktioniert',
  fails: '✗ funktioniert nicht',
  label: (rate, low, high, chance) =>
    `${rate} richtig, 95-%-Intervall ${low} bis ${high}; durch Raten wären es ${chance}`,
  scale: '0 bis 100 % richtig; gestrichelt: Raten',
  chart: 'Sachfragen',
  table: {
    summary: 'Die Sachfragen als Tabelle',
    caption: 'Richtig beantwortete Sachfragen',
    columns: {
      readout: 'Gelesen als',
      right: 'Richtig',
      questions: 'Fragen',
      rate: 'Anteil richtig',
      interval: '95-%-Intervall',
      chance: 'Durch Raten',
    },
  },
};
