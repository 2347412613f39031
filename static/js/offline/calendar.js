// Days and weeks in India, exactly as app/domain/weeks.py counts them. A day is its text, "2026-11-23"; as a number it
// is the days since 1970-01-01.

const DAY = 864e5;
// The years 1 to 9999, as in Python; they begin on a Monday.
const FIRST_DAY = -719162;

/**
 * The days from 1970-01-01 to "2026-11-23"; null if there is no such day.
 * @param {string} text
 */
export function toDays(text) {
  const days = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) / DAY : NaN;
  return text && toDay(days) === text ? days : null;
}

/** @param {number} days */
export function toDay(days) {
  return days >= FIRST_DAY && days <= 2932896 ? new Date(days * DAY).toISOString().slice(0, 10) : "";
}

/** The day in India, "2026-11-23". */
export function todayInIndia(now = new Date()) {
  return toDay(Math.floor((now.getTime() + 198e5) / DAY));
}

/**
 * The Monday of a day's week.
 * @param {string} day
 */
export function mondayOf(day) {
  const days = toDays(day) ?? NaN;
  return toDay(days - ((days - FIRST_DAY) % 7));
}
