import { plural } from '../../page/format';
import type { Words } from '..';

export const studyFigures: Words['studyFigures'] = {
  units: { points: 'Punkte', percent: '%', nats: 'Nats' },
  instrument: statements => (statements ? 'Aussagen' : 'Aufgaben'),
  family: (statements, readout) => `${statements ? 'Aussagen' : 'Aufgaben'}, ${readout}`,
  readout: (statements, readout) => `${statements ? 'Aussagen, ' : ''}${readout}`,
  locked: settings =>
    `Unter ${plural(settings, 'Einstellung', 'Einstellungen')} antwortet das Modell immer mit derselben Marke, was auch gefragt wird: Deren Buchstaben werden nicht gezählt.`,
  notPeople:
    'Eine Einstellung tritt hier an die Stelle einer befragten Person: Die Koeffizienten sagen, wie ähnlich die Aufgaben die Einstellungen dieses Modells unterscheiden, und nichts über Menschen.',
  plane: (statements, readout) =>
    `${statements ? 'Aussagen' : 'Aufgaben'}, ${readout}: wo die Einstellungen liegen`,

  ladders: {
    chart: 'Werte entlang der Stufen',
    group: 'Stufen und Werte',
    caption: 'Folgen die Antworten den Worten?',
    askedFor: 'Gebeten um',
    readBy: 'Ausgelesen über',
    rank: 'Rang-r von Stufe und Wert',
    range: 'Erste bis letzte Stufe',
    others: 'Von den anderen am meisten',
    table: 'Jede Stufe als Tabelle',
    everyStep: 'Jede Stufe',
    step: 'Stufe',
    settings: 'Einstellungen',
    median: 'Median der Werte',
  },

  scales: {
    caption: 'Werte über die Einstellungen',
    scale: 'Skala',
    items: 'Aufgaben',
    mean: 'Mittelwert',
    sd: 'SD',
    range: 'Niedrigster bis höchster',
    alpha: 'Alpha',
    splitHalf: 'Testhalbierung',
    people: 'Varianz, im Verhältnis zu Menschen',
    times: ratio => `das ${ratio}-Fache`,
    aboutPeople:
      'Die Varianz über die Einstellungen wird mit einem F-Test der Varianz zwischen Menschen gegenübergestellt. Die der Menschen gilt für das ganze Inventar: Wo eine Studie nur einen Teil davon stellt, wäre auch ihre größer.',
  },

  validity: {
    group: 'Aufgaben gegen Aussagen',
    caption: (readout, settings) =>
      `Stimmen Aufgaben und Aussagen überein? ${readout}, ${plural(settings, 'Einstellung', 'Einstellungen')}`,
    corner: 'Aufgaben \\ Aussagen',
    legend: (convergent, discriminant) =>
      `Konvergent ${convergent}: die mittlere Korrelation eines Merkmals mit sich selbst über die Einstellungen. Diskriminant ${discriminant}: um wie viel größer das ist als die Korrelationen mit den anderen; von einem Test verlangt man 0,40 und mehr.`,
  },

  levels: {
    caption: 'Der Mittelwert unter jeder Stufe gegenüber dem Rest',
    group: 'Stufen',
    level: 'Stufe',
    settings: 'Einstellungen',
    legend:
      '* Unterscheidet sich mehr als durch Zufall (Welch-Test, nach Benjamini und Hochberg für die Zahl der Stufen angepasst, 0,05).',
    inFile: 'Der Mittelwert unter jeder Stufe gegenüber dem Rest steht in der gespeicherten Datei.',
  },
};
