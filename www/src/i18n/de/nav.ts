import { plural } from '../../page/format';
import type { Words } from '..';

export const nav: Words['nav'] = {
  places: 'Orte',
  language: 'Sprache',
  skip: 'Zum Inhalt springen',
  names: {
    model: 'Modell',
    test: 'Test',
    steer: 'Steuern',
    monitor: 'Mitlesen',
    results: 'Ergebnisse',
    about: 'Über',
  },
  loaded: 'geladen',
  results: count => plural(count, 'Ergebnis', 'Ergebnisse'),
  title: place => `${place} · Traitscope`,
  lead: 'Gib einem kleinen Sprachmodell einen Persönlichkeitstest, auf deinem eigenen Computer.',
  under:
    'Das Modell läuft in dieser Seite. Nichts, was du lädst, schreibst oder misst, verlässt deinen Browser.',
  fetching: 'Dieser Teil der Seite wird geholt …',
  suspended: minutes =>
    `der Browser hatte diesen Tab ${plural(minutes, 'Minute', 'Minuten')} lang angehalten. Nichts ist verloren, und die Arbeit geht weiter; lass den Tab im Blick und den Computer wach, damit er nicht wieder anhält`,
  refused: reasons => `Ein Teil der Adresse dieser Seite wurde nicht verwendet. ${reasons}`,
};
