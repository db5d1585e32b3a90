/** Whether a list of parts has the form of a pattern: in it, `isMany` stands for any number of them. */
function matches(pattern, isMany, isOne, parts) {
  let at = 0;
  let here = 0;
  let many = -1;
  let since = 0;
  while (here < parts.length) {
    if (at < pattern.length && isMany(pattern[at])) {
      many = at++;
      since = here;
    } else if (at < pattern.length && isOne(pattern[at], parts[here])) {
      at++;
      here++;
    } else if (many >= 0) {
      at = many + 1;
      here = ++since;
    } else return false;
  }
  return [...pattern.slice(at)].every(isMany);
}

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const segments = (path) => path.replace(/\/$/, '').split('/').map(decoded);

const segmentMatches = (pattern, segment) =>
  /^:./.test(pattern)
    ? segment !== ''
    : matches(pattern, (char) => char === '*', (one, char) => one === char, segment);

/**
 * Whether a path has the form of a pattern: `:name` stands for one segment, `*` for any text within
 * one, `**` for any number of them. A slash at the end makes no difference. Quadratic at worst.
 */
export const pathMatches = (pattern, path) =>
  matches(segments(pattern), (one) => one === '**', segmentMatches, segments(path));
