// What is wrong now, kept current: the open incidents, the hosts, the service's own health, and whether we still hear it.
// The stream tells each change at once; the whole is asked again after every connection and each minute, so that nothing
// that was missed stays missing.

import { ask } from './ask.js';
import { Question } from './question.js';
import { Stream } from './stream.js';
import { clear, shortName } from './text.js';
import { rank } from './words.js';

const WHOLE_EVERY = 60_000;
const HOSTS_EVERY = 30_000;
const HEALTH_EVERY = 10_000;
/** Rows asked for at once, and pages that are followed: an office has no use for more, and is told that there are more. */
const PAGE = 1000;
const PAGES = 20;
const RECENT = 8;

/** All rows of a list, page after page; the total beside them where it is more. */
export async function wholeList(path, parameters) {
  const items = [];
  let cursor = null;
  for (let page = 0; page < PAGES; page++) {
    const answer = await ask(path, { ...parameters, limit: PAGE, cursor });
    items.push(...answer.items);
    cursor = answer.next;
    if (!cursor) {
      return { items, total: items.length, asOf: answer.asOf };
    }
  }
  return { items, total: Number.POSITIVE_INFINITY, asOf: null };
}

export class Watch {
  /** @param changed called whenever something is to be shown; @param say tells one sentence to a screen reader */
  constructor(changed, say) {
    this.changed = changed;
    this.say = say;
    this.open = new Map();
    this.recent = [];
    this.connection = { state: 'connecting', since: Date.now() };
    this.listeners = new Set();
    this.stream = new Stream(
      (alert) => this.heard(alert),
      (state) => this.connected(state),
    );
    const read = (path, parameters) => this.readWhole(path, parameters);
    this.incidents = new Question('/incidents', { state: 'OPEN,UPDATED' }, { every: WHOLE_EVERY, changed, read });
    this.hosts = new Question('/hosts', {}, { every: HOSTS_EVERY, changed, read: wholeList });
    this.health = new Question('/health', {}, { every: HEALTH_EVERY, changed });
    this.stream.start();
  }

  /** Asks everything again, now. */
  again() {
    this.stream.start();
    [this.incidents, this.hosts, this.health].forEach((question) => question.again());
  }

  /** Open incidents, the worst first, and of those the one that changed last. Children stand with their parents. */
  worst() {
    return [...this.open.values()]
      .map((entry) => entry.alert)
      .filter((alert) => !(alert.parent && this.open.has(alert.parent)))
      .sort((a, b) => rank(a.severity) - rank(b.severity) || compare(b.lastSeen, a.lastSeen) || compare(a.incidentId, b.incidentId));
  }

  /** Whether what is shown may be old: nothing is heard, or the service does not answer. */
  isBlind() {
    return this.connection.state === 'lost' || (this.incidents.failure !== null && this.incidents.value === null) || this.isMute();
  }

  /** Whether the service stopped answering although the stream looks open. */
  isMute() {
    return this.health.failure !== null && this.health.failure.status === 0;
  }

  async readWhole(path, parameters) {
    const askedAt = performance.now();
    const answer = await wholeList(path, parameters);
    const now = new Map();
    for (const alert of answer.items) {
      now.set(alert.incidentId, { alert, heardAt: askedAt });
    }
    for (const [id, entry] of this.open) {
      const listed = now.get(id);
      const isNewer = entry.heardAt > askedAt && (!listed || entry.alert.sequence >= listed.alert.sequence);
      if (isNewer) {
        now.set(id, entry);
      }
    }
    for (const done of this.recent) {
      if (done.heardAt > askedAt) {
        now.delete(done.alert.incidentId);
      }
    }
    this.open = now;
    return { total: answer.total };
  }

  heard(alert) {
    const id = alert.incidentId;
    const known = this.open.get(id);
    if (known && known.alert.sequence > alert.sequence) {
      return;
    }
    if (alert.state === 'RESOLVED') {
      this.open.delete(id);
      this.recent = [{ alert, heardAt: performance.now() }, ...this.recent.filter((done) => done.alert.incidentId !== id)].slice(0, RECENT);
      this.say(`Over: ${clear(alert.title, 200)}`);
    } else {
      this.open.set(id, { alert, heardAt: performance.now() });
      if (!known) {
        this.say(`New, ${alert.severity.toLowerCase()}: ${clear(alert.title, 200)}`);
      }
    }
    this.listeners.forEach((listener) => listener(alert));
    this.changed();
  }

  connected(state) {
    const was = this.connection;
    const isNewLoss = state.state === 'lost' && was.lostAt === undefined;
    const lostAt = state.state === 'live' ? undefined : state.state === 'lost' && isNewLoss ? Date.now() : was.lostAt;
    // Trying again is still lost: the page must not look live until it is.
    const shown = state.state === 'connecting' && was.lostAt !== undefined ? { ...was, retryAt: null } : { ...state, lostAt };
    this.connection = shown;
    if (state.state === 'live' && was.lostAt !== undefined) {
      this.incidents.again();
      this.hosts.again();
      this.say('Connected again');
    }
    this.changed();
  }

  /** What we cannot see: hosts that are silent or late, with lines that are not understood. */
  blindHosts() {
    const rows = this.hosts.value?.items ?? [];
    return {
      all: rows.length,
      silent: rows.filter((row) => row.state === 'SILENT').sort(byHost),
      late: rows.filter((row) => row.state === 'LATE').sort(byHost),
      ended: rows.filter((row) => row.state === 'ENDED').sort(byHost),
      strange: rows.filter((row) => isStrange(row)).sort((a, b) => strangeShare(b) - strangeShare(a) || byHost(a, b)),
    };
  }
}

/** Share of a host's lines that no rule knew. */
export function strangeShare(row) {
  return row.lines > 0 ? row.notUnderstood / row.lines : 0;
}

/** Whether so much of a host is not understood that its calm means little: a hundredth of its lines. */
export function isStrange(row) {
  return row.notUnderstood > 0 && strangeShare(row) >= 0.01;
}

function byHost(a, b) {
  return compare(shortName(a.host), shortName(b.host));
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
