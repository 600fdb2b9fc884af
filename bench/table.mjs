// Rows of the table that `npm run bench` prints.

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const short = (number) => (number >= 100 ? Math.round(number) : Number(number.toPrecision(3)));

/**
 * @param {string} what
 * @param {readonly number[]} values one for each round
 * @param {{ least?: number, most?: number }} target
 */
export function row(what, values, { least, most } = {}) {
  const middle = median(values);
  const target = least !== undefined ? `>= ${least}` : most !== undefined ? `<= ${most}` : '';
  const met = least !== undefined ? middle >= least : most !== undefined ? middle <= most : undefined;
  return {
    what,
    median: short(middle),
    'min-max': `${short(Math.min(...values))}-${short(Math.max(...values))}`,
    target,
    met: met === undefined ? '' : met ? 'yes' : 'no',
  };
}
