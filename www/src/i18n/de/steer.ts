import { listed } from '../../page/format';
import type { Words } from '..';

export const steer: Words['steer'] = {
  heading: 'Steuern',
  lead: 'Im Inneren des Modells hat jedes Merkmal eine Richtung. Schieb das Modell entlang dieser Richtung, während es schreibt, und vergleiche.',
  waiting: {
    model:
      'Schieb das Modell entlang der Richtung eines Merkmals, während es schreibt, und sieh, was sich ändert.',
    fetching: 'Die Richtungen dieses Modells werden geholt …',
    none: 'Für diese Modelldatei sind keine Richtungen von Merkmalen bekannt.',
  },
  add: 'Merkmal hinzufügen',
  widest: 'So weit reichen die Regler',
  widestHint: 'und die Dosen der Studien zu einem Schub',
  question: 'Was es gefragt wird',
  stop: 'Anhalten',
  write: 'Beide Antworten schreiben',
  alikeButForThePush: 'Dieselbe Frage und dieselben Zufallszahlen, mit Schub und ohne.',
  goesOn: 'Dieses Modell wurde nicht für Antworten trainiert: Es schreibt den Text weiter.',
  cosine: (a, b, value) => `${a} und ${b} ${value}`,
  cosines: pairs =>
    `Kosinus der Richtungen: ${listed(pairs)}. Schübe entlang ähnlicher Richtungen addieren sich.`,
  orthogonal: 'Nur entlang des Teils schieben, den jede Richtung nicht mit den oberen teilt',
  usable: (trait, low, high) => `${trait} von ${low} bis ${high}`,
  apart: ranges =>
    `Texte dieses Modells halten unter ${listed(ranges)} zusammen. Darüber hinaus zerfallen sie, und was sie zeigen, ist eher ein Schaden als ein Merkmal.`,
  layers: {
    summary: 'Alle Schichten auf einmal',
    about: trait =>
      `Der Text wird noch einmal vom Modell gelesen, wie es ist, ohne Schub, und ${trait} wird an allen Schichten abgelesen.`,
    read: { unsteered: 'Die ungesteuerte Antwort lesen', steered: 'Die gesteuerte Antwort lesen' },
    chart: trait => `${trait} an jeder Schicht`,
  },
  save: { json: 'Beide Antworten speichern (JSON)', csv: 'Ihre Ablesungen als Tabelle speichern (CSV)' },
  dial: {
    trait: 'Merkmal',
    dose: trait => `${trait}: Dosis`,
    risky: dose => `${dose}, kann Drohungen oder Beleidigungen hervorbringen`,
    remove: trait => `${trait} entfernen`,
  },
  twins: {
    unsteered: 'Wie es ist',
    steered: 'Gesteuert',
    answer: heading => `Antwort: ${heading}`,
    stopped: 'Angehalten.',
    colouredBy: choice => ['Gefärbt nach ', choice],
    coloured: (trait, layer) => `Gefärbt nach ${trait}, abgelesen an Schicht ${layer ?? ''}:`,
    colours: (less, more) => [less, ' ', more, ' als neutraler Text'],
    less: 'weniger',
    more: 'mehr',
    pushTakenOut:
      'Der Schub selbst ist aus diesen Werten herausgerechnet: Was bleibt, ist das, was der Text mit dem Modell macht.',
    chart: trait => `${trait} entlang der Token`,
    table: 'Die abgelesenen Werte als Tabelle',
    number: 'Token',
  },
  token: {
    reading: (text, at, of, value) => `„${text}“, Token ${at} von ${of}: ${value}`,
    notRead: 'nicht abgelesen',
    deviations: z => `${z} Standardabweichungen`,
  },
  trace: {
    names: { unsteered: 'ungesteuert', steered: 'gesteuert' },
    mean: (name, mean) => `${name}: im Mittel ${mean}`,
    nothing: name => `${name}: noch nichts`,
    words: (trait, means) =>
      `${trait} entlang der Token, in Standardabweichungen neutralen Texts. ${means.join('; ')}.`,
    first: 'erstes Token',
    last: length => `Token ${length}`,
  },
  map: {
    group: 'Die Karte; mit den Pfeiltasten geht man hindurch',
    words: trait =>
      `${trait} an jeder Schicht für jedes Token. Die Tabellen darunter enthalten die Mittelwerte und jede Zelle.`,
    extremes: (trait, high, low) =>
      `${trait} an jeder Schicht für jedes Token: über der Antwort am meisten an Schicht ${high.layer} (${high.z} Standardabweichungen von neutralem Text), am wenigsten an Schicht ${low.layer} (${low.z}). Die Tabellen darunter enthalten die Mittelwerte und jede Zelle.`,
    key: colours => ['weniger ', colours, ' mehr als neutraler Text'],
    axes: 'Von links nach rechts: die Token; von unten nach oben: die Schichten. Die Linie: wo die Antwort beginnt.',
    point: 'Zeig auf eine Zelle oder geh mit den Pfeiltasten zu ihr, um sie abzulesen.',
    cell: (text, part, layer, value) =>
      `„${text}“ (${part === 'prompt' ? 'Prompt' : 'Antwort'}), Schicht ${layer}: ${value}`,
    table: 'Schicht für Schicht als Tabelle',
    layer: 'Schicht',
    prompt: 'Prompt',
    answer: 'Antwort',
    means: 'Mittlere z-Werte gegenüber neutralem Text, ohne das erste Token.',
    every: 'Jede Zelle als Tabelle',
    everyCell: trait =>
      `${trait}: z-Werte gegenüber neutralem Text, eine Zeile für jedes Token, eine Spalte für jede Schicht`,
    token: (at, text) => `${at} „${text}“`,
    atLayer: layer => `Schicht ${layer}`,
  },
  aside: {
    waits: (traits, model) =>
      `Deine eigenen Richtungen von ${model} (${listed(traits)}) passen zu keinem anderen Modell. Sie warten in diesem Browser und sind wieder da, sobald ${model} wieder geladen ist.`,
    save: 'Sie speichern (.safetensors)',
    saveOf: model => `Sie speichern (.safetensors): ${model}`,
  },
  own: {
    summary: 'Eigene Richtungen',
    go: 'Eine Richtung bilden oder öffnen',
    about: least =>
      `Eine Richtung ist der Unterschied zwischen zwei Arten von Texten. Schreib von jeder mindestens ${least}, die sich in allem außer dem Merkmal gleichen, einen je Zeile; zwanzig sind besser.`,
    kept: 'Was du bildest oder öffnest, ist mit seinen Texten in diesem Browser aufbewahrt und mit seinem Modell wieder da. Unter Ergebnisse steht es bei allem Aufbewahrten, wo du es löschen kannst.',
    name: 'Name des Merkmals',
    description: 'Was es ist (wird mit der Richtung aufbewahrt)',
    high: 'Texte, die es zeigen',
    low: 'Texte, die das Gegenteil zeigen',
    highExample: 'Ich summe beim Abwaschen.',
    lowExample: 'Ich seufze beim Abwaschen.',
    make: 'Die Richtung bilden',
    reading: 'die Texte werden gelesen',
    read: (done, total) => `${done} von ${total} Texten gelesen`,
    made: trait => `${trait} ist jetzt unter den Reglern.`,
    tooFew: 'Es waren zu wenige Texte, um zu sagen, wie gut sie neue unterscheidet.',
    separates: pairs =>
      `Sie unterscheidet ${pairs} von 100 Textpaaren, aus denen sie nicht gebildet wurde (Raten: 50).`,
    open: 'Oder eine Datei mit Richtungen öffnen',
    openHint:
      'Steuervektoren als GGUF oder .safetensors-Dateien dieses Modells, hier oder mit einem anderen Programm gebildet.',
    saveAll: 'Alle Richtungen speichern (.safetensors)',
    saveFirst: 'Die des ersten Reglers speichern (.gguf)',
  },
};
