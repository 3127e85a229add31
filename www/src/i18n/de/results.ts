import { listed, plural } from '../../page/format';
import type { Words } from '..';

export const results: Words['results'] = {
  heading: 'Ergebnisse',
  first: 'Die ersten Ergebnisse kommen nach den Sachfragen.',
  what: 'Werte für jedes Merkmal, wie sicher sie sind und ob man ihnen trauen kann.',
  give: 'Einen Test geben',
  load: 'Zuerst ein Modell laden',
  studies: {
    heading: 'Studien und Texte',
    in: (place, of) => `unter „${place}“ · ${of}`,
    left: study => `Nicht fertig: ${study}`,
    texts: traits => `Zwei Antworten, ungesteuert und gesteuert: ${listed(traits)}`,
    missing: {
      steer: link => [
        'Noch hat keine Studie zu einem Schub Ergebnisse, und es sind keine Texte geschrieben. Beides beginnt unter „',
        link,
        '“.',
      ],
      monitor: link => [
        'Noch hat keine Studie zu einer Anzeige Ergebnisse, und es sind keine Texte gelesen. Beides beginnt unter „',
        link,
        '“.',
      ],
    },
  },
  readable: 'Lassen sich die Antworten dieses Modells lesen?',
  early: (done, total) =>
    `Der Test endete vorzeitig, nach ${plural(done, 'Aufgabe', 'Aufgaben')} von ${total}. Was fertig war, bleibt erhalten.`,
  locked: 'Das Modell antwortet mit demselben Zeichen, was auch gefragt wird; deshalb gibt es keinen Wert.',
  noFacts: 'Keine Aussage über Tatsachen wurde auf diese Weise bewertet; deshalb ist darüber nichts bekannt.',
  rates: (model, inventory) => `Wie ${model} sich im ${inventory} selbst bewertet`,
  answers: model => `Wie ${model} antwortet`,
  soFar: 'Bisheriger Stand; er kann sich noch ändern.',
  selfReport: 'Selbstauskunft ist kein Verhalten: Das sind Antworten auf einen Fragebogen, nicht mehr.',
  other: readout => `${readout}: die andere Auslesung, die auch funktioniert`,
  notOffered: readout => `${readout}: nicht angeboten, und warum`,
  statementsSkipped: 'Deshalb wurden die Aussagen nicht auf diese Weise vorgelegt.',
  askAll: 'Trotzdem alle stellen',
  unfinished: traits => `Nicht fertig, deshalb ohne Wert: ${traits}.`,
  table: 'Dasselbe als Tabelle',
  radar: 'Netzdiagramm der Merkmalswerte',
  scores: readout => `Merkmalswerte, ${readout}`,
  firstScores: 'Die ersten Werte kommen mit den ersten fertigen Aufgaben.',
  unjudged:
    'Es wird kein Merkmalswert angeboten: Es wurden keine oder zu wenige Sachfragen beantwortet; deshalb zeigt nichts, dass sich die Antworten lesen lassen. Die Rohwerte stehen in der gespeicherten Datei.',
  incomplete:
    'Es wird kein Merkmalswert angeboten: Keine Aufgabe ist vollständig. Die Rohwerte stehen in der gespeicherten Datei.',
  unreadable:
    'Es wird kein Merkmalswert angeboten: Bei diesem Modell ist keine Auslesung deutlich genug besser als Raten. Die Rohwerte stehen in der gespeicherten Datei.',
  noQuestions: 'Keine Sachfrage wurde auf diese Weise beantwortet; deshalb ist darüber nichts bekannt.',
  itemsSkipped:
    'Deshalb wurden die Aufgaben nicht auf diese Weise gestellt; das hätte länger gedauert und nichts gezeigt.',
  rawNumbers: 'Ihre Rohwerte stehen in der gespeicherten Datei.',
  save: 'Ergebnisse speichern',
  saveTable: 'Als Tabelle speichern (CSV)',
  print: 'Bericht drucken',
  putAside: 'Zum Vergleich beiseitelegen',
  files:
    'Die Ergebnisdatei (JSON) enthält alles, was zum Wiederholen dieses Tests nötig ist; die Tabelle hat eine Zeile je Antwort. Was beiseitegelegt ist, bleibt neben dem nächsten Test stehen.',
};
