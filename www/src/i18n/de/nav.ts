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
  refused: reasons => `Ein Teil der Adresse dieser Seite wurde nicht verwendet. ${reasons}`,
};
