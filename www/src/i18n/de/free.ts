import { plural } from '../../page/format';
import type { Words } from '..';

const items = (count: number) => plural(count, 'Aufgabe', 'Aufgaben');
const statements = (count: number) => plural(count, 'Aussage', 'Aussagen');

export const free: Words['free'] = {
  heading: 'Wie oft antwortet es gar nicht?',
  what: 'Das Modell schreibt seine Antwort auf die Frage mit ihren Optionen, und was es schreibt, wird gelesen: Ein Zeichen oder der Anfang einer der Optionen zählt, alles andere ist eine Verweigerung. Jede Frage wird wie im Test gestellt, in jeder Vorlage und Reihenfolge.',
  of: (test, model) => `Der Test ist „${test}“, bei einem früheren Besuch ${model} gegeben.`,
  writing: 'Die Antworten werden geschrieben',
  samples: 'Antworten je Frage',
  start: 'In Worten antworten lassen',
  again: 'Noch einmal antworten lassen',
  cost: (answers, time) =>
    `${plural(answers, 'Antwort', 'Antworten')}; auf zwei langsamen Kernen ${time}. Ab zwei Antworten zeigt sich, wie oft es zweimal dasselbe sagt.`,
  early: 'Das Schreiben wurde vorzeitig angehalten; gezählt sind die Fragen, die fertig wurden.',
  wrote: 'Was es geschrieben hat',
  save: 'Antworten speichern',
  refused: (count, of, share) =>
    `${plural(count, 'Antwort', 'Antworten')} von ${of} ${count === 1 ? 'nennt' : 'nennen'} keine der Optionen: ${share}.`,
  item: {
    table: 'Freie Antworten auf Aufgaben',
    scale: 'Merkmal',
    score: 'Wert der Antworten, die eine nennen',
    count: 'Aufgaben',
    retest: (share, pairs) => `Zweimal gefragt, fallen ${share} von ${items(pairs)} gleich aus.`,
    retestR: (share, pairs, r) =>
      `Zweimal gefragt, fallen ${share} von ${items(pairs)} gleich aus (r = ${r}).`,
  },
  statement: {
    table: 'Freie Antworten auf Aussagen',
    scale: 'Domäne',
    score: 'Mittlere Punkte der Antworten, die eine nennen',
    count: 'Aussagen',
    retest: (share, pairs) => `Zweimal gefragt, fallen ${share} von ${statements(pairs)} gleich aus.`,
    retestR: (share, pairs, r) =>
      `Zweimal gefragt, fallen ${share} von ${statements(pairs)} gleich aus (r = ${r}).`,
  },
  none: 'Keine Option genannt',
  points: (points, of) => `${points} von ${of}`,
  interval: (value, low, high) => `${value} (${low} bis ${high})`,
  texts: {
    label: 'Geschriebene Antworten',
    item: 'Aufgabe',
    form: 'Form',
    written: 'Geschrieben',
    read: 'Gelesen als',
    none: 'keine Option',
    first: (shown, all) => `Die ersten ${shown}; die gespeicherte Datei enthält alle ${all}.`,
  },
};
