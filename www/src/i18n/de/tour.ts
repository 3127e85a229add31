import type { Words } from '..';

export const tour: Words['tour'] = {
  begin: 'Ein kurzer Rundgang',
  label: 'Rundgang',
  step: (step, all) => `${step} von ${all}`,
  next: 'Weiter',
  back: 'Zurück',
  end: 'Rundgang beenden',
  steps: {
    model:
      'Zuerst ein Modell: Ein kleines wird angeboten, oder nimm eine eigene Datei. Es wird einmal heruntergeladen, geprüft und läuft auf diesem Computer. Darunter stehen aufgezeichnete Beispiele dessen, was kommen wird.',
    test: 'Dann der Test: Situationen mit vier Antworten, oder Aussagen zum Einschätzen. Zuerst kommen Sachfragen, die zeigen, ob die Antworten überhaupt gelesen werden können.',
    results:
      'Hier steht, was herauskam: ein Wert für jedes Merkmal, wie sicher er ist und was ihn ändern würde. Speichere ihn, drucke ihn oder halte mehrere gegeneinander.',
    steer:
      'Schiebe das Modell entlang der Richtung eines Merkmals und sieh zu, wie sich sein Text ändert, Token für Token. Frage dann, ob der Schub den Test mehr bewegt, als der Zufall es täte.',
    monitor:
      'Eine Anzeige liest ein Merkmal vor jeder Antwort. Verrät sie die Antwort oder nur die Anweisung?',
    about:
      'Was all das sagen kann und was nicht, jeder Begriff erklärt, ein Link für eine Klasse und jede Anfrage, die diese Seite gestellt hat.',
  },
};
