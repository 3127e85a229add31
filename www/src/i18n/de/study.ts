import { plural } from '../../page/format';
import type { Words } from '..';

export const study: Words['study'] = {
  atLayer: layer => `an Schicht ${layer}`,
  extent: 'Wie viel gefragt wird',
  extents: { quick: 'Kurz', full: 'Ausführlich' },
  done: {
    answer: (done, total) => `${done} von ${plural(total, 'Antwort', 'Antworten')}`,
    item: (done, total) => `${done} von ${plural(total, 'Aufgabe', 'Aufgaben')}`,
    text: (done, total) => `${done} von ${plural(total, 'Text', 'Texten')}`,
  },
  stages: { gate: 'Sachfragen', layer: 'Die Schicht wird gewählt' },
  counted: (stage, count) => `${stage}: ${count}`,
  estimating: 'die Zeit wird geschätzt',
  left: duration => `noch ${duration}`,
  stopping: 'wird angehalten …',
  stop: 'Anhalten und behalten, was fertig ist',
  otherModel: model => `Das wurde mit ${model} gefunden, das nicht mehr geladen ist.`,
  errors: {
    noDirection: trait => `es gibt keine Richtung von ${trait}`,
    noItem: 'es gibt keine Aufgabe, die gestellt werden könnte',
    noItemOf: trait => `es gibt keine Aufgabe, die nach ${trait} fragt`,
    noLayer: trait =>
      `keine Aufgabe fragt nach ${trait}, daher kann dafür keine Schicht gewählt werden; untersuche es an der Schicht, die es hat`,
    stopped: 'auf Wunsch angehalten',
    noItemsYet: 'die Aufgaben sind noch nicht da',
    noMoreItems: 'die Aufgaben für Studien zum Steuern konnten nicht geholt werden',
    otherStudy:
      'sie gehört zu einer anderen Studie als das, was mit ihr kam, und es wird immer nur eine Studie durchgeführt',
    otherItems: (kept, items) =>
      `die aufbewahrten Antworten gehören zu „${kept}“, und diese Seite stellt „${items}“, daher können sie nicht nebeneinander stehen; verwirf sie und führe die Studie neu durch`,
  },
};
