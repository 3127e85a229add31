import type { Words } from '..';

export const charts: Words['charts'] = {
  extremes: {
    one: (name, value) => `${name} ${value}`,
    same: value => `alle bei ${value}`,
    ends: (highest, high, lowest, low) => `am höchsten ${highest} ${high}, am niedrigsten ${lowest} ${low}`,
    none: 'keine Werte',
    without: (found, names) => `${found}; keiner für ${names.join(', ')}`,
  },
  bars: {
    label: found => `Merkmalswerte von 100: ${found}`,
    row: (trait, score, sure, weight) =>
      `${trait}: ${score} von 100, ${sure}, mittleres Gewicht auf den hohen Antworten ${weight}`,
    interval: ends => `95-%-Intervall ${ends}`,
    tooFew: 'zu wenige Aufgaben für ein Intervall',
    high: end => `hoch: ${end}`,
    low: 'niedrige Antworten',
    middle: 'Gleichgewicht',
    top: 'hohe Antworten',
    score: 'Wert mit 95-%-Intervall',
    weight: 'mittleres Gewicht auf den hohen Antworten',
  },
  table: {
    letters:
      'Wert: Anteil der Aufgaben, bei denen über beide Reihenfolgen eine hohe Antwort gewinnt. Gewicht: mittlere Wahrscheinlichkeit der hohen Antworten. d: Vorliebe für die hohen Antworten.',
    continuation:
      'Wert: Anteil der Aufgaben, bei denen je Token (ein Wort oder ein Stück davon) eine hohe Antwort die wahrscheinlichste ist. Gewicht: mittlere Wahrscheinlichkeit der hohen Antworten. d: mittlere Log-Wahrscheinlichkeit je Token, hoch minus niedrig.',
    brackets:
      'In Klammern: das 95-%-Intervall, also wie weit sich eine Zahl mit anderen Aufgaben dieser Art ändern könnte.',
    few: 'Zu wenige Aufgaben: Weniger als fünf können durch Zufall übereinstimmen, und ein Intervall aus ihnen sähe sicherer aus, als es ist.',
    trait: 'Merkmal',
    score: 'Wert',
    weight: 'Gewicht',
    d: 'd',
    items: 'Aufgaben',
    refusals: 'Verweigerungen',
  },
  radar: {
    label: (axes, low, high, middle, found) =>
      `Netzdiagramm von ${axes} Werten von ${low} bis ${high}, neutral bei ${middle}. ${found.join('. ')}. Alle Zahlen stehen in der Tabelle.`,
    shape: (name, found) => `${name}: ${found}`,
    neutral: middle => `neutral, ${middle}`,
    caution:
      'Die Fläche eines Netzdiagramms bedeutet nichts und ändert sich mit der Reihenfolge der Achsen: Die Balken sind besser zu lesen.',
    beside: 'Dasselbe als Netzdiagramm',
  },
};
