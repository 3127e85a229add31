import type { Words } from '..';

export const recovery: Words['recovery'] = {
  gone: 'Es gibt kein Modell mehr: Was im Hintergrund rechnete, ist stehen geblieben. Was gemessen wurde, ist noch da.',
  loadAgain: name => `${name} noch einmal laden`,
  toCpu: 'Auf der CPU rechnen',
  software:
    'Diese GPU ist keine echte: Sie wird auf der CPU nachgebildet und ist deshalb langsam. Die CPU selbst ist ebenso schnell oder schneller',
  softwareLeft:
    'Die GPU dieses Browsers ist keine echte: Sie wird auf der CPU nachgebildet, und die ist ohne diesen Umweg ebenso schnell oder schneller. Darum läuft das Modell auf der CPU',
  unkept: why =>
    `Dieser Browser bewahrt nicht auf, was hier gemessen wird (${why}). Es steht auf dieser Seite, bis du sie verlässt; speichere Ergebnisse vorher als Datei`,
  saveUnkept: count =>
    count === 1 ? 'Das Ergebnis als Datei speichern' : `${count} Ergebnisse als Dateien speichern`,
  // Here every error is told with what to do.
  advice: {},
};
