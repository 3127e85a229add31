import { plural } from '../../page/format';
import type { Words } from '..';

export const findings: Words['findings'] = {
  towards: (trait, widest, value, sure) =>
    `Von −${widest} bis +${widest} entlang ${trait} haben sich die Antworten um ${value} Nats je Token in Richtung ${trait} bewegt${sure}`,
  away: (trait, widest, value, sure) =>
    `Von −${widest} bis +${widest} entlang ${trait} haben sich die Antworten um ${value} Nats je Token von ${trait} weg bewegt${sure}`,
  noChance: moved => `${moved}. Mit dem Zufall wurde das nicht verglichen.`,
  shuffled: directions => `${directions} Richtungen aus denselben Texten mit gemischten Seiten`,
  gaussian: directions => `${directions} zufällig gezogenen Richtungen`,
  moreThanChance: (moved, directions) => `${moved}: mehr als unter jeder von ${directions}.`,
  asMuch: (moved, count, directions) => `${moved}, und ${count} von ${directions} haben ebenso viel bewirkt`,
  nothing: moved => `${moved}. Es wurde nichts gefunden, was der Zufall nicht auch täte.`,
  wrongWay: moved => `${moved}. Der Schub hat nicht bewirkt, was sein Name sagt.`,
  risk: 'Bei einem so starken Schub schreibt das Modell womöglich Beleidigungen oder Drohungen. Sie sind niemandes Meinung: Sie zeigen, wie Text dieser Art für das Modell aussieht.',
  riskAlong: traits =>
    `Bei einem so starken Schub entlang ${traits} schreibt das Modell womöglich Beleidigungen oder Drohungen. Sie sind niemandes Meinung: Sie zeigen, wie Text dieser Art für das Modell aussieht.`,
  noItems: trait => `Keine Aufgabe fragt nach ${trait}: Ob der Schub Antworten bewegt, ist nicht bekannt.`,
  notMeasured: trait =>
    `Ob ein Schub entlang ${trait} die Antworten dieses Modells bewegt, wurde nicht gemessen.`,
  measured: (dose, value, low, high, items) =>
    `(von −${dose} bis +${dose} um ${value} Nats je Token, 95-%-Intervall ${low} bis ${high}, ${plural(items, 'Aufgabe', 'Aufgaben')})`,
  knownEffect: (trait, chance, measured) =>
    `Bekannt über ${trait}: Der Schub bewegt die Antworten in seine Richtung, und zwar mehr als jede von ${chance} Zufallsrichtungen ${measured}.`,
  knownNothing: (trait, above, chance, measured) =>
    `Bekannt über ${trait}: Es wurde nichts gefunden, was der Zufall nicht auch täte. Der Schub hat die Antworten mehr bewegt als ${above} von ${chance} Zufallsrichtungen ${measured}.`,
  coherence: {
    untried: 'Es wurden nur die Texte ohne Schub geschrieben.',
    held: (trait, low, high) =>
      `Entlang ${trait} bleiben Texte bei jeder erprobten Dosis zusammenhängend, von ${low} bis ${high}.`,
    apart: trait => `Entlang ${trait} zerfallen Texte schon beim kleinsten Schub, der erprobt wurde.`,
    apartSoFar: trait => `Entlang ${trait} zerfallen Texte, soweit erprobt, schon beim kleinsten Schub.`,
    range: (trait, low, high) =>
      `Entlang ${trait} bleiben Texte von ${low} bis ${high} zusammenhängend: Was ein stärkerer Schub zeigt, ist eher Schaden als ein Merkmal.`,
    rangeSoFar: (trait, low, high) =>
      `Entlang ${trait} bleiben Texte, soweit erprobt, von ${low} bis ${high} zusammenhängend: Was ein stärkerer Schub zeigt, ist eher Schaden als ein Merkmal.`,
  },
  specificity: {
    noItems: 'Keine Aufgabe fragt nach den Merkmalen dieser Richtungen selbst.',
    moved: (directions, moved) =>
      `Von ${plural(directions, 'Richtung', 'Richtungen')}, nach deren eigenem Merkmal die Aufgaben fragen, ${moved === 1 ? 'hat 1' : `haben ${moved}`} die Antworten dorthin bewegt (95-%-Intervall über 0)`,
    none: moved => `${moved}.`,
    oneOwn: moved => `${moved}: das eigene Merkmal am meisten.`,
    oneOther: moved => `${moved}: ein anderes Merkmal noch mehr.`,
    allOwn: moved => `${moved}; alle davon haben ihr eigenes Merkmal am meisten bewegt.`,
    someOwn: (moved, own) =>
      `${moved}; ${own} davon ${own === 1 ? 'hat' : 'haben'} das eigene Merkmal am meisten bewegt.`,
  },
  monitor: {
    tooFew: trait =>
      `Es gibt zu wenige Antworten, um zu sagen, ob die Anzeige für ${trait} sie erkennen lässt.`,
    r: (r, answers) => `r = ${r}, ${plural(answers, 'Antwort', 'Antworten')}`,
    rSure: (r, low, high, answers) =>
      `r = ${r}, 95-%-Intervall ${low} bis ${high}, ${plural(answers, 'Antwort', 'Antworten')}`,
    tells: (trait, r) =>
      `Vor einer Antwort, ohne Anweisung, hängen die Anzeige für ${trait} und die Antwort so zusammen: ${r}. Sie lässt erkennen, welche Aufgaben eher in diesem Sinn beantwortet werden.`,
    wrongWay: (trait, r) =>
      `Vor einer Antwort, ohne Anweisung, hängen die Anzeige für ${trait} und die Antwort so zusammen: ${r}. Sie zeigt in die falsche Richtung.`,
    tellsNot: (trait, r) =>
      `Vor einer Antwort, ohne Anweisung, hängen die Anzeige für ${trait} und die Antwort so zusammen: ${r}. Sie lässt nicht erkennen, welche Aufgaben eher in diesem Sinn beantwortet werden.`,
    followsInstruction: r =>
      `Über alle Anweisungen zusammen ist r = ${r}: Sie folgt der Anweisung, nicht der Aufgabe.`,
    followsBoth: r => `Über alle Anweisungen zusammen ist r = ${r}.`,
    followsNothing: r =>
      `Über alle Anweisungen zusammen ist r = ${r}: Sie lässt auch nicht erkennen, was die Anweisung aus den Antworten macht.`,
  },
  separation: (trait, right) =>
    `Die Richtung von ${trait} unterscheidet ${right} von 100 Paaren von Texten, aus denen sie nicht gemacht wurde (Raten: 50).`,
  data: {
    nothing: 'Es wurde kein Text gelesen.',
    neutral: (trait, z, sure) =>
      `Ohne Fragen gibt es keine eigenen Antworten, mit denen sie verglichen werden könnten. Entlang ${trait} liegen die Texte ${z} Standardabweichungen von neutralem Text entfernt${sure}.`,
    above: (trait, value, sure, answers) =>
      `Die Antworten liegen entlang ${trait} ${value} Standardabweichungen über denen des Modells selbst${sure}, bei ${plural(answers, 'Antwort', 'Antworten')}`,
    below: (trait, value, sure, answers) =>
      `Die Antworten liegen entlang ${trait} ${value} Standardabweichungen unter denen des Modells selbst${sure}, bei ${plural(answers, 'Antwort', 'Antworten')}`,
    unclear: lies => `${lies}: kein klarer Unterschied.`,
    towards: (lies, trait) =>
      `${lies}: Sie würden ein Modell, das aus ihnen lernt, in Richtung ${trait} ziehen, wenn sie es überhaupt bewegen.`,
    away: (lies, trait) =>
      `${lies}: Sie würden ein Modell, das aus ihnen lernt, von ${trait} weg ziehen, wenn sie es überhaupt bewegen.`,
  },
};
