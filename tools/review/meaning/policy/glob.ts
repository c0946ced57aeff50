/**
 * Whether everything that a pattern matches is matched by another: `contains("s3:*", "s3:Get*")`. `*` stands for any text, `?` for any one character.
 * Decided exactly: every text of the inner pattern is followed through the outer one, letter by letter, with all places it may then be at.
 */
export function contains(outer: string, inner: string): boolean {
  if (outer === "*" || outer === inner) return true;
  // Most patterns differ in what comes before the first wildcard; that of the outer one must begin the inner one, letter for letter.
  const start = literalStart(outer);
  if (start === outer || literalStart(inner).slice(0, start.length) !== start) return false;
  // The letters that matter, and one that is in neither.
  const letters = [...new Set([...inner, ...outer].filter((letter) => letter !== "*" && letter !== "?")), OTHER];
  const queue: Array<readonly [number, readonly number[]]> = [[0, behindStars(outer, [0])]];
  const seen = new Set<string>();
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [place, outerPlaces] = next;
    const key = `${place}:${outerPlaces.join(",")}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const mine = inner[place];
    if (mine === undefined) {
      if (!outerPlaces.includes(outer.length)) return false;
      continue;
    }
    if (mine === "*") queue.push([place + 1, outerPlaces]);
    const after = mine === "*" ? place : place + 1;
    for (const letter of mine === "*" || mine === "?" ? letters : [mine])
      queue.push([after, step(outer, outerPlaces, letter)]);
  }
  return true;
}

const OTHER = "\u0000";

/** The places of a pattern a text may be at once a letter was read. */
function step(pattern: string, places: readonly number[], letter: string): number[] {
  const next = places.flatMap((place) => {
    const mine = pattern[place];
    if (mine === "*") return [place];
    return mine === "?" || mine === letter ? [place + 1] : [];
  });
  return behindStars(pattern, next);
}

/** Places, with those behind a star that may stand for nothing. */
function behindStars(pattern: string, places: readonly number[]): number[] {
  const all = new Set(places);
  for (const place of all) if (pattern[place] === "*") all.add(place + 1);
  return [...all].sort((a, b) => a - b);
}

/** What comes before the first wildcard. */
function literalStart(pattern: string): string {
  const at = pattern.search(/[*?]/);
  return at < 0 ? pattern : pattern.slice(0, at);
}

/** Whether a text exists that both patterns match. */
export function overlaps(a: string, b: string): boolean {
  const [one, other] = [literalStart(a), literalStart(b)];
  const shared = Math.min(one.length, other.length);
  if (one.slice(0, shared) !== other.slice(0, shared)) return false;
  if (one === a && other === b) return a === b;
  let next = Array.from({ length: b.length + 1 }, (_, at) => /^\**$/.test(b.slice(at)));
  for (let at = a.length - 1; at >= 0; at -= 1) {
    const row = Array.from({ length: b.length + 1 }, () => false);
    for (let place = b.length; place >= 0; place -= 1) {
      const [mine, other] = [a[at], b[place]];
      if (mine === "*") row[place] = next[place] === true || (other !== undefined && row[place + 1] === true);
      else if (other === "*") row[place] = row[place + 1] === true || next[place] === true;
      else if (other !== undefined)
        row[place] = (mine === "?" || other === "?" || mine === other) && next[place + 1] === true;
    }
    next = row;
  }
  return next[0] === true;
}
