/** Marks of many values beside one scale, each of which is seen: those that would lie over each other are stacked. */

/** How high a row of stacked marks may be while they keep their full size. */
const HEIGHT = 110;
/** From the middle of a mark to that of the next above it, at most and at least. */
const [MOST, LEAST] = [11, 5.5];
/** Between two marks of a stack. */
const GAP = 1;

export interface Dots {
  radius: number;
  /** From level to level. */
  pitch: number;
  /** The level of each mark, by row: 0 is the lowest. */
  levels: number[][];
}

/** Where the marks of several rows stand, all of one size; the places of each are in order. */
export function dots(rows: number[][]): Dots {
  // Smaller marks lie over fewer others.
  const pitch = Math.min(MOST, Math.max(LEAST, HEIGHT / heightOf(rows.map(row => stacked(row, MOST)))));
  return { radius: (pitch - GAP) / 2, pitch, levels: rows.map(row => stacked(row, pitch)) };
}

/** How many levels there are. */
export function heightOf(levels: number[][]): number {
  return 1 + Math.max(0, ...levels.flat());
}

/** The lowest level of each mark on which it is so far from the one before. */
function stacked(places: number[], apart: number): number[] {
  /** The last mark of each level. */
  const last: number[] = [];
  return places.map(place => {
    const free = last.findIndex(other => place - other >= apart);
    const level = free === -1 ? last.length : free;
    last[level] = place;
    return level;
  });
}
