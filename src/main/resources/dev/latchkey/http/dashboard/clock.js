// What time it is for the service, which decides what has expired; the clock of the browser may be wrong.

let ahead = 0;

const HALF_A_SECOND_MS = 500;
const CLOSE_ENOUGH_MS = 3000;

/** The time in milliseconds, as Date.now() tells it where the browser's clock is right. */
export const now = () => Date.now() + ahead;

/** Learns from the Date header of an answer that has just come; it tells whole seconds. */
export function learnTime(dateHeader) {
  const difference = Date.parse(dateHeader ?? '') + HALF_A_SECOND_MS - Date.now();
  if (Math.abs(difference) <= CLOSE_ENOUGH_MS) {
    ahead = 0;
  } else if (Math.abs(difference - ahead) > CLOSE_ENOUGH_MS) {
    ahead = difference;
  }
}
