import { plural } from '../../page/format';
import type { Words } from '..';

const items = (count: number) => plural(count, 'Aufgabe', 'Aufgaben');

export const places: Words['places'] = {
  strange: hash => `„${hash}“ ist kein Ort dieser Seite.`,
  notFetched:
    'dieser Teil der Seite konnte nicht geholt werden; sieh nach, ob der Server der Seite noch läuft, und lade sie dann neu',
  loadFirst: 'Zuerst ein Modell laden',
  waits: {
    model: 'Das geht, sobald ein Modell geladen ist.',
    directions: 'Das geht, sobald dieses Modell eine Richtung hat: Bilde oder öffne oben eine.',
  },

  underWay: {
    loading: 'Das Modell wird geladen',
    loadingForTest: 'Das Modell wird geladen; dann folgt der Test',
    checking: 'Es wird geprüft, ob das Gerät richtig rechnet',
    gate: 'Die Sachfragen werden gestellt',
    items: 'Die Aufgaben werden gestellt',
    texts: 'Die Texte werden gelesen',
    study: 'Die Studie läuft',
    layer: 'Die Schicht wird gewählt',
    direction: 'Eine Richtung wird gebildet',
    opening: 'Richtungen werden geöffnet',
    layers: 'Der Text wird in jeder Schicht gelesen',
    steered: 'Die gesteuerte Antwort wird geschrieben',
    unsteered: 'Die ungesteuerte Antwort wird geschrieben',
  },

  announced: {
    underWay: what => `${what}.`,
    progress: (what, percent) => `${what}: ${percent} Prozent.`,
    report: 'Die gespeicherten Ergebnisse sind geöffnet, unter „Ergebnisse“.',
    answers: 'Die gespeicherten Antworten werden gezeigt, unter „Test“.',
    study: 'Die Studie ist zu Ende. Ihre Ergebnisse stehen dort, wo sie begonnen wurde.',
    studyFailed:
      'Die Studie ist gescheitert, bevor es Ergebnisse gab. Warum, steht dort, wo sie begonnen wurde.',
    studyStopped: 'Die Studie wurde angehalten, bevor es Ergebnisse gab.',
    text: 'Beide Antworten sind geschrieben.',
    direction: 'Die Richtung kann benutzt werden.',
    directions: 'Die Richtungen aus der Datei können benutzt werden.',
    layers: 'Der Text ist in jeder Schicht gelesen.',
    finished: count => `Der Test ist fertig: ${items(count)} erledigt. Die Werte stehen unter „Ergebnisse“.`,
    stopped: count =>
      `Der Test ist angehalten: ${items(count)} erledigt. Die Werte stehen unter „Ergebnisse“.`,
    paused: 'Das Herunterladen ist unterbrochen. Was schon da ist, bleibt erhalten.',
    selfTestFailed: 'Das Gerät hat den Selbsttest nicht bestanden.',
    ready: model => `${model} ist bereit.`,
  },

  limits: {
    heading: 'Was du hier erfahren kannst und was nicht',
    canHeading: 'Diese Zahlen können',
    cannotHeading: 'Sie können nicht',
    can: [
      'zeigen, welche Antworten dieses Modell wahrscheinlicher findet, Aufgabe für Aufgabe und mit ihrer Unsicherheit;',
      'zeigen, ob eine Auslesung der Antworten bei diesem Modell überhaupt funktioniert;',
      'von allen nachgeprüft werden: Die gespeicherte Datei enthält alles, was dazu nötig ist.',
    ],
    cannot: [
      'sagen, dass ein Modell eine Persönlichkeit hat: Es antwortet wie jemand, es ist niemand;',
      'vorhersagen, wie sich das Modell in einem Gespräch verhält;',
      'mit wenigen Aufgaben etwas entscheiden: Behaupte nichts, was auf weniger als 200 beruht.',
    ],
    studyCannot: [
      'für Menschen stehen: Eine Einstellung ist eine Art, ein einziges Modell zu fragen, und keine befragte Person;',
      'die Bedeutung übernehmen, die Reliabilität und Validität bei Menschen haben: Hier sagt ein Koeffizient, wie übereinstimmend die Aufgaben die Einstellungen dieses Modells unterscheiden;',
      'sagen, wie das Modell ohne Anweisung ist: Werte, die einer Anweisung folgen, zeigen nur, dass es ihr folgt;',
      'für andere Modelle sprechen oder für Wortlaute, Reihenfolgen und Sprachen, nach denen nicht gefragt wurde;',
      'sagen, dass ein Modell eine Persönlichkeit hat: Es antwortet wie jemand, es ist niemand;',
      'vorhersagen, wie sich das Modell in einem Gespräch verhält.',
    ],
  },

  requests: {
    none: 'Es gab keine Anfrage.',
    made: (count, servers) => `Bisher ${plural(count, 'Anfrage', 'Anfragen')}, an ${servers.join(' und ')}.`,
    noneSince: 'Seit das Modell bereit ist: keine.',
    since: count => `Seit das Modell bereit ist: ${count}.`,
    every: 'Alle Anfragen',
    time: 'Zeit',
    asked: 'Gefragt nach',
    came: 'Empfangen',
    fromHere: 'von diesem Computer',
    about:
      'So hat dieser Browser sie gemessen, Worker eingeschlossen; seine Entwicklerwerkzeuge (Netzwerk) zeigen dasselbe. Was der Browser schon hatte, kam von dort: Es steht in der Liste, hat aber das Netz um nichts gebeten.',
  },

  examples: {
    mark: 'Aufgezeichnetes Beispiel',
    source: (model, device, machine, when) => [
      `${model}, auf einem anderen Computer (${device}; `,
      machine,
      `) · ${when}`,
    ],
    report: 'Was ein Test zeigt',
    steering: 'Was ein Schub bewirkt',
    steeringHint:
      'Dieselbe Frage, zweimal mit denselben Zufallszahlen beantwortet: vom Modell, wie es ist, und geschoben entlang der Richtung eines Merkmals.',
  },
};
