/** Times as text, for formats that write one or two into every event. */

const DAY = 86_400_000;
const TWO = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));

// Events come in order of time, so the day is mostly that of the event before.
let day = Number.NaN;
let prefix = '';

/** What `toISOString` says, at a fraction of its price: it is a tenth of what mapping an event costs. */
export function isoTime(time: Date): string {
  const millis = time.getTime();
  const ofDay = Math.floor(millis / DAY);
  if (ofDay !== day) {
    // An invalid time throws here, as it should.
    prefix = time.toISOString().slice(0, -13);
    day = ofDay;
  }
  const rest = millis - ofDay * DAY;
  const seconds = Math.floor(rest / 1000);
  const minutes = Math.floor(seconds / 60);
  const fraction = rest - seconds * 1000;
  const three = fraction < 100 ? `0${TWO[fraction] ?? fraction}` : fraction;
  return `${prefix}${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}.${three}Z`;
}
