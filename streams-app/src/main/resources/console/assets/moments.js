// Times: always in UTC, and in the reader's own zone where that differs.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UTC = { timeZone: 'UTC', hourCycle: 'h23', hour: '2-digit', minute: '2-digit' };
const HERE = { hourCycle: 'h23', hour: '2-digit', minute: '2-digit' };
const DATE = { day: 'numeric', month: 'short' };
const FORMATS = {
  utc: new Intl.DateTimeFormat('en-GB', UTC),
  utcSeconds: new Intl.DateTimeFormat('en-GB', { ...UTC, second: '2-digit' }),
  utcDay: new Intl.DateTimeFormat('en-GB', { ...DATE, timeZone: 'UTC' }),
  utcYear: new Intl.DateTimeFormat('en-GB', { ...DATE, year: 'numeric', timeZone: 'UTC' }),
  here: new Intl.DateTimeFormat('en-GB', HERE),
  hereDay: new Intl.DateTimeFormat('en-GB', DATE),
};

/** Milliseconds of an ISO 8601 text, or null for what is no time. The epoch means "never". */
export function millis(instant) {
  const at = typeof instant === 'string' ? Date.parse(instant) : Number.NaN;
  return Number.isFinite(at) && at > 0 ? at : null;
}

/** "08:18", with the date when it is not of today. */
export function clock(at, now = Date.now(), seconds = false) {
  const time = (seconds ? FORMATS.utcSeconds : FORMATS.utc).format(at);
  const sameDay = new Date(at).toISOString().slice(0, 10) === new Date(now).toISOString().slice(0, 10);
  if (sameDay) {
    return time;
  }
  return `${(Math.abs(now - at) > 300 * DAY ? FORMATS.utcYear : FORMATS.utcDay).format(at)} ${time}`;
}

/** "22 Nov", in UTC. */
export function day(at) {
  return FORMATS.utcDay.format(at);
}

/** The same in the reader's zone; empty where that is UTC. */
export function here(at) {
  if (new Date(at).getTimezoneOffset() === 0) {
    return '';
  }
  const otherDay = FORMATS.hereDay.format(at) !== FORMATS.utcDay.format(at);
  return `${otherDay ? `${FORMATS.hereDay.format(at)} ` : ''}${FORMATS.here.format(at)} here`;
}

/** Both, in one line, for a tooltip and for a page. */
export function both(instant, now = Date.now()) {
  const at = millis(instant);
  if (at === null) {
    return 'never';
  }
  const local = here(at);
  return `${clock(at, now, true)} UTC${local ? `, ${local}` : ''}`;
}

/** "14 min": a length of time, to the precision that a person wants. */
export function length(duration) {
  const span = Math.max(0, duration);
  if (span < MINUTE) {
    return `${Math.floor(span / 1000)} s`;
  }
  if (span < 2 * HOUR) {
    return `${Math.floor(span / MINUTE)} min`;
  }
  if (span < 2 * DAY) {
    const minutes = Math.floor((span % HOUR) / MINUTE);
    return `${Math.floor(span / HOUR)} h${minutes ? ` ${minutes} min` : ''}`;
  }
  return `${Math.floor(span / DAY)} days`;
}

export function ago(instant, now = Date.now()) {
  const at = millis(instant);
  if (at === null) {
    return 'never';
  }
  return at > now + MINUTE ? `in ${length(at - now)}` : `${length(now - at)} ago`;
}
