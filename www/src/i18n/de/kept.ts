import { listed, plural } from '../../page/format';
import type { Words } from '..';

const unfinished = (model: string, when: string, asked: number, all: string) =>
  `Der Test von ${model}, begonnen am ${when}, ist nicht fertig geworden. Seine Antworten auf ${asked} von ${all} sind in diesem Browser aufbewahrt.`;

const both = (results: number, directions: number) =>
  listed([
    ...(results > 0 || directions === 0 ? [plural(results, 'Ergebnis', 'Ergebnisse')] : []),
    ...(directions > 0 ? [plural(directions, 'Richtung', 'Richtungen')] : []),
  ]);

export const kept: Words['kept'] = {
  summary: (results, directions) => `In diesem Browser aufbewahrt: ${both(results, directions)}`,
  title: (what, model, when) => `${what}, ${model}, ${when}`,
  source: (model, when) => `${model} · ${when}`,
  open: 'Öffnen',
  openOf: title => `Öffnen: ${title}`,
  save: 'Datei speichern',
  saveOf: title => `Datei speichern: ${title}`,
  delete: 'Löschen',
  deleteOf: title => `Löschen: ${title}`,
  deleteAll: 'Alle löschen',
  sureOfAll: (results, directions) => `${both(results, directions)} endgültig löschen?`,
  deleted: title => `Gelöscht: ${title}.`,
  allDeleted: 'Alles Aufbewahrte ist gelöscht.',
  direction: trait => `Deine eigene Richtung: ${trait}`,
  undo: 'Rückgängig machen',
  undoOf: what => `Rückgängig machen: ${what}`,
  backUntil: 'Das lässt sich zurückholen, solange diese Seite offen bleibt.',
  back: what => `Wieder aufbewahrt: ${what}.`,
  stopped: test => `${test}, vorzeitig beendet`,
  studies: {
    effect: trait => `Wirkung eines Schubs: ${trait}`,
    specificity: () => 'Schübe entlang jeder Richtung',
    coherence: trait => `Texte unter jeder Dosis: ${trait}`,
    monitoring: trait => `Anzeige und Antworten: ${trait}`,
    difference: trait => `Texte entlang einer Richtung: ${trait}`,
    answers: () => 'Antworten in Worten',
  },
  unfinishedItems: (model, when, asked, all) =>
    unfinished(model, when, asked, plural(all, 'Aufgabe', 'Aufgaben')),
  unfinishedStatements: (model, when, asked, all) =>
    unfinished(model, when, asked, plural(all, 'Aussage', 'Aussagen')),
  others: count =>
    `Auch Älteres ist aufbewahrt (${count}) und wird angeboten, sobald dies beendet oder verworfen ist.`,
  loadIt: 'Lade dieses Modell, um den Test fortzusetzen.',
  loadOther: (model, loaded) =>
    `Der Test lässt sich fortsetzen, sobald ${model} geladen ist; jetzt ist ${loaded} geladen.`,
  goOn: 'Fortsetzen',
  forget: 'Verwerfen',
  forgotten: what => `Verworfen: ${what}.`,
  unfinishedStudy: (study, model, when) =>
    `„${study}“ mit ${model}, begonnen am ${when}, ist nicht fertig geworden.`,
  soFar: {
    items: (done, all) =>
      `Was zu ${done} von ${plural(all, 'Aufgabe', 'Aufgaben')} gefragt wurde, ist in diesem Browser aufbewahrt.`,
    statements: (done, all) =>
      `Was zu ${done} von ${plural(all, 'Aussage', 'Aussagen')} gefragt wurde, ist in diesem Browser aufbewahrt.`,
    prepared: 'Was vor den ersten Aufgaben schon getan war, ist in diesem Browser aufbewahrt.',
    nothing:
      'Nichts davon ist fertig geworden; was verlangt war, ist in diesem Browser aufbewahrt, sodass es neu beginnen kann.',
  },
  loadForStudy: 'Lade dafür dieses Modell.',
  beginAgain: 'Neu beginnen',
  studyOf: (study, model, begun) => `„${study}“ mit ${model}, begonnen am ${begun}`,
  testOf: (model, begun) => `Test von ${model}, begonnen am ${begun}`,
};
