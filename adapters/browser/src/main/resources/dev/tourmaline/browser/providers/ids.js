/** Ids that a provider takes as numbers; anything else would start nothing and say nothing. */
export function numeric(id, provider) {
  if (!/^\d+$/.test(id)) throw new Error(`${provider}'s tour ids are numbers, not "${id}"`);
  return Number(id);
}
