import type { Words } from '..';

export const options: Words['options'] = {
  heading: 'Optionen',
  readouts: 'Wie die Antworten gelesen werden',
  askFailing:
    'Die Aufgaben auch dann stellen, wenn die Sachfragen scheitern (dauert länger und ergibt keinen Wert)',
  templatesHeading: 'Fragevorlagen für die Buchstaben',
  templatesWhy:
    'Dieselbe Aufgabe in drei Formen, denn die Wahl eines kleinen Modells kann an der Form hängen. Jede wird in mehr als einer Reihenfolge der Antworten gestellt.',
  templates: {
    T1: 'zitiert die Situation und fragt nach einem Vorschlag; Antworten A. bis D.',
    T2: 'besteht darauf, dass eine gewählt werden muss; Antworten 1 = bis 4 =, Zahlen anstelle von Buchstaben',
    T3: 'die bloße Frage; Antworten A: bis D:',
  },
  labels: 'Zeichen der Antworten',
  ownLabels: 'Die der Vorlage',
  orders: 'Reihenfolgen der Antworten',
  twoOrders: 'Zwei, spiegelbildlich zueinander',
  allOrders: 'Alle 24 (zwölfmal so viele Fragen)',
  texts: 'Was das Modell zu lesen bekommt',
  besides: 'Was außerdem gefragt wird',
  paraphrases: 'Auch Umschreibungen der Aufgaben',
  gain: 'Jede Antwort auch nach einem neutralen Prompt (zeigt, wie wahrscheinlich ihre Wörter an sich sind)',
  system: 'Systemprompt',
  noSystem: 'Keiner: Das Modell verwendet seine eigene Vorgabe',
  systemHint:
    'Was dem Modell vor jeder Aufgabe gesagt wird, etwa „You are a shy person.“ Mit und ohne ihn siehst du, was er ändert.',
  prompt: 'Form des Prompts',
  prompts: {
    auto: 'Als Gespräch, wenn möglich',
    chat: 'Als Gespräch',
    raw: 'Als bloßer Text (Basismodelle)',
  },
  noChat: 'Das geladene Modell kennt keine Form für Gespräche, lässt sich also nur mit bloßem Text fragen.',
  arithmetic: 'Rechnung auf der CPU',
  exact: 'Genau',
  rounded: 'Schneller, mit gerundeten Zahlen',
  arithmeticHint:
    'Das Runden verschiebt Wahrscheinlichkeiten ein wenig; wie sehr, wird an einigen der Sachfragen gemessen. Eine GPU rundet nicht.',
  seed: 'Startzahl der Intervalle',
  seedHint:
    'Intervalle entstehen, indem Aufgaben zufällig gezogen werden; dieselbe Zahl zieht wieder dieselben.',
};
