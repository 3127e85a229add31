import { listed, plural } from '../../page/format';
import type { Words } from '..';

const ofSettings = (count: number) => plural(count, 'Einstellung', 'Einstellungen');

const size = (settings: number, items: number, questions: number) =>
  `${ofSettings(settings)}, insgesamt ${plural(items, 'Aufgabe', 'Aufgaben')}: ${plural(questions, 'Frage', 'Fragen')}`;

export const studySettings: Words['studySettings'] = {
  heading: 'Wie viel hängt davon ab, wie man fragt?',
  what: 'Dieselben Fragen immer wieder: unter anderen Rollen, in anderem Wortlaut, anderen Reihenfolgen oder Sprachen. Was bleibt, gehört dem Modell; was sich bewegt, kommt von der Art zu fragen.',
  open: 'Gespeicherte Antworten auf eine Studie öffnen',
  use: 'Eine eigene Studie verwenden oder gespeicherte Antworten öffnen',
  openHint:
    'Zieh eine oder mehrere Dateien (.json) hierher oder klick, um sie zu wählen. Gespeicherte Antworten werden sofort gezeigt. Die eines Modells auf dieselbe Studie werden zusammengefügt, sodass sich mehrere Computer die Arbeit teilen können; die anderer Modelle werden miteinander verglichen.',
  finished: (name, finished, settings) => [name, `: ${finished} von ${ofSettings(settings)} fertig`],
  first: 'Die Einstellungen werden vorbereitet',
  unfinished: (study, model, begun, settings) =>
    `„${study}“ mit ${model}, begonnen am ${begun}, wurde nicht beendet. Die Antworten unter ${ofSettings(settings)} sind in diesem Browser aufbewahrt.`,
  needs: model => `Sie kann fortgesetzt werden, sobald ${model} geladen ist.`,
  goOn: 'Fortsetzen',
  forget: 'Verwerfen',
  studyOf: (study, model, begun) => `„${study}“ mit ${model}, begonnen am ${begun}`,
  study: 'Studie',
  yours: name => `${name} (deine Datei)`,
  settings: all => `Abzufragende Einstellungen, von ${all}`,
  varied: factors =>
    `Variiert: ${listed(factors.map(({ name, levels }) => `${name} (${plural(levels, 'Stufe', 'Stufen')})`))}.`,
  drawn:
    'Welche Einstellungen abgefragt werden, wird mit dem Seed ausgelost, sodass jede Stufe gleich oft vorkommt.',
  readBy: readouts => `Ausgelesen über ${listed(readouts)}.`,
  readByAfter: (readouts, questions) =>
    `Ausgelesen über ${listed(readouts)}, nach ${plural(questions, 'Sachfrage', 'Sachfragen')}.`,
  counting: 'Die Fragen werden gezählt …',
  size: (settings, items, questions) => `${size(settings, items, questions)}.`,
  sizeAtPace: (settings, items, questions, duration) =>
    `${size(settings, items, questions)}, ${duration} im Tempo des letzten Tests.`,
  sizeAtGuess: (settings, items, questions, duration) =>
    `${size(settings, items, questions)}, nach erster Schätzung ${duration}.`,
  allAnswered: 'Alle sind in den geöffneten Dateien beantwortet: Es bleibt nichts zu fragen.',
  answered: settings =>
    `${ofSettings(settings)} davon ${settings === 1 ? 'ist' : 'sind'} in den geöffneten Dateien beantwortet.`,
  start: 'Studie durchführen',
  test: 'Diesen Test geben',

  results: {
    heading: (study, settings, model) => `${study}: ${ofSettings(settings)} von ${model}`,
    nothing: 'Es wurde nichts gefragt: Keine Art, die Antworten auszulesen, besteht die Sachfragen.',
    save: 'Antworten speichern',
    saveTable: 'Als Tabelle speichern (CSV)',
    print: 'Bericht drucken',
    from: 'Woher es stammt',
    all: 'Ergebnisse dieser Studie',
    early: 'Die Studie endete vorzeitig; die Einstellungen, die fertig wurden, sind aufbewahrt.',
    missing: (settings, model) =>
      `${ofSettings(settings)} der Studie ${settings === 1 ? 'hat' : 'haben'} noch keine Antworten. Ist ${model} geladen, kann sie zu Ende geführt werden.`,
    here: 'hier durchgeführt',
    settings: ofSettings,
    above: name => [name, ', oben gezeigt'],
    show: 'Zeigen',
    showThis: name => `Ergebnis ${name} zeigen`,
    remove: 'Entfernen',
    removeThis: name => `Ergebnis ${name} entfernen`,
  },

  comparison: {
    heading: 'Nebeneinander',
    against: 'Verglichen mit',
    option: (name, when) => `${name}, ${when}`,
    not: (name, baseline, why) => `${name} kann nicht mit ${baseline} verglichen werden: ${why}.`,
    nothing: 'keine Skala ist unter einer Einstellung vollständig, die beide haben',
    saveTable: 'Vergleich als Tabelle speichern (CSV)',
    save: 'Vergleich speichern (JSON)',
    print: 'Vergleich drucken',
    doubt: (name, why) => `${name}. ${why}`,
    legend: unit =>
      `Differenzen (${unit}), Einstellung für Einstellung, mit dem 95-%-Intervall über die Einstellungen. dz: die mittlere Differenz in Einheiten ihrer Streuung zwischen den Einstellungen. p: Vorzeichen-Permutationstest, nach Holm für alle Skalen der Auslesung angepasst. Die Einstellungen sind die dieser Studie: Über andere sagt das Intervall nichts.`,
    doubtful: family => `${family}: nicht angeboten, und warum`,
    scores: 'Werte nebeneinander',
    means: unit => `Mittelwert über die Einstellungen (${unit}), mit SD`,
    scale: 'Skala',
    baseline: 'Ausgangswert',
    difference: 'Differenz',
    settings: 'Einstellungen',
    few: 'zu wenige Einstellungen',
    others: 'Einstellungen',
    less: (name, baseline) => `${name} minus ${baseline}`,
    paired: settings =>
      `Über ${ofSettings(settings)}, die bei beiden vollständig ${settings === 1 ? 'ist' : 'sind'}.`,
    chart: (name, baseline, family) => `Differenzen: ${name} minus ${baseline}, ${family}`,
    table: 'Die Differenzen als Tabelle',
  },
};
