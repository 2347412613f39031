/**
 * A QR code out of a text in capitals (ISO/IEC 18004): alphanumeric mode, level M, versions 3 to 6, one mask for all,
 * just as app/formats/pictures/qr.py draws codes on paper. Versions above 6 would need more in the picture, and no address
 * is that long.
 */

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/** Of each version: blocks, data and correction codewords of a block (table 9). */
const SHAPES = [[1, 44, 26], [2, 32, 18], [2, 43, 24], [4, 27, 16]];
const FIRST_VERSION = 3;
/** Level M and mask 2 with their own correction (annex C). */
const FORMAT = 0b101111001111100;
const LIGHT = 0;
const DARK = 1;
const FREE = 2;

/** Powers and logarithms in GF(256), by x⁸ + x⁴ + x³ + x² + 1. */
const POWER = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let at = 0, value = 1; at < 255; at++, value = (value << 1) ^ (value > 127 ? 0x11d : 0)) {
  POWER[at] = POWER[at + 255] = value;
  LOG[value] = at;
}

/** @param {string} text @param {number} room in codewords */
function codewords(text, room) {
  const bits = [2, 4, text.length, 9];
  for (let at = 0; at < text.length; at += 2) {
    const [first, second] = [text[at], text[at + 1]].map((sign) => SIGNS.indexOf(sign));
    bits.push(...(at + 1 < text.length ? [first * 45 + second, 11] : [first, 6]));
  }
  const words = new Uint8Array(room);
  let full = 0;
  for (let at = 0; at < bits.length; at += 2) {
    for (let bit = bits[at + 1] - 1; bit >= 0; bit--, full++) words[full >> 3] |= ((bits[at] >> bit) & 1) << (7 - (full & 7));
  }
  // Four zeros end the text where they fit; then two bytes in turn fill the rest.
  const end = Math.ceil(Math.min(full + 4, room * 8) / 8);
  for (let at = end; at < room; at++) words[at] = (at - end) % 2 ? 0x11 : 0xec;
  return words;
}

/** @param {number} size the polynomial that has the first powers for its roots */
function generator(size) {
  const roots = new Uint8Array(size + 1);
  roots[0] = 1;
  for (let power = 0; power < size; power++) {
    for (let at = power + 1; at > 0; at--) if (roots[at - 1]) roots[at] ^= POWER[LOG[roots[at - 1]] + power];
  }
  return roots;
}

/** @param {Uint8Array} data @param {number} size */
function correction(data, size) {
  const by = generator(size);
  const rest = new Uint8Array(data.length + size);
  rest.set(data);
  for (let at = 0; at < data.length; at++) {
    if (rest[at]) for (let under = 1; under <= size; under++) rest[at + under] ^= POWER[LOG[rest[at]] + LOG[by[under]]];
  }
  return rest.slice(data.length);
}

/**
 * All codewords in the order in which they are drawn.
 * @param {string} text @param {number[]} shape
 */
function interleaved(text, [blocks, data, extra]) {
  const words = codewords(text, blocks * data);
  const parts = Array.from({ length: blocks }, (_, at) => words.slice(at * data, (at + 1) * data));
  const added = parts.map((part) => correction(part, extra));
  const drawn = [];
  for (let at = 0; at < data; at++) for (const part of parts) drawn.push(part[at]);
  for (let at = 0; at < extra; at++) for (const part of added) drawn.push(part[at]);
  return drawn;
}

/**
 * A square of rings around a middle.
 * @param {Uint8Array[]} rows @param {number} row @param {number} column @param {number} reach @param {number} light ring
 */
function square(rows, row, column, reach, light) {
  for (let down = -reach; down <= reach; down++) {
    for (let across = -reach; across <= reach; across++) {
      const ring = Math.max(Math.abs(down), Math.abs(across));
      const line = rows[row + down];
      if (line && column + across in line) line[column + across] = ring === light || ring === 4 ? LIGHT : DARK;
    }
  }
}

/**
 * What is the same for every text.
 * @param {number} size
 */
function frame(size) {
  const rows = Array.from({ length: size }, () => new Uint8Array(size).fill(FREE));
  const last = size - 1;
  for (let at = 8; at < size - 8; at++) rows[6][at] = rows[at][6] = at % 2 ? LIGHT : DARK;
  for (const [row, column] of [[3, 3], [3, last - 3], [last - 3, 3]]) square(rows, row, column, 4, 2);
  square(rows, last - 6, last - 6, 2, 1);
  for (let at = 0; at < 15; at++) {
    const bit = (FORMAT >> at) & 1;
    const beside = at < 6 ? at : at < 8 ? at + 1 : size - 15 + at;
    rows[beside][8] = bit;
    const along = at < 8 ? last - at : at === 8 ? 7 : 14 - at;
    rows[8][along] = bit;
  }
  rows[size - 8][8] = DARK;
  return rows;
}

/**
 * The dark modules, row by row, without the white around them.
 * @param {string} text @returns {Uint8Array[]}
 */
export function matrixOf(text) {
  const at = SHAPES.findIndex(([blocks, data]) => 13 + Math.ceil(text.length * 5.5) <= blocks * data * 8);
  if (at < 0 || [...text].some((sign) => !SIGNS.includes(sign))) throw new RangeError(text);
  const rows = frame(17 + 4 * (FIRST_VERSION + at));
  const words = interleaved(text, SHAPES[at]);
  const size = rows.length;
  let bit = 0;
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    // The column of the timing pattern belongs to no pair.
    if (right === 6) right--;
    for (let step = 0; step < size; step++) {
      const row = rows[up ? size - 1 - step : step];
      for (const column of [right, right - 1]) {
        if (row[column] !== FREE) continue;
        const dark = ((words[bit >> 3] || 0) >> (7 - (bit & 7))) & 1;
        row[column] = dark ^ (column % 3 ? 0 : 1);
        bit++;
      }
    }
  }
  return rows;
}

/**
 * SVG path data: each run of dark modules one stroke, one module wide.
 * @param {Uint8Array[]} rows
 */
export function pathOf(rows) {
  return rows.map((row, at) => row.join("").replace(/1+|0+/g, (run, start) => (run[0] === "1" ? `M${start} ${at}.5h${run.length}` : ""))).join("");
}
