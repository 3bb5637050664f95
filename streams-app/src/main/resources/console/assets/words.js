// Plain words for what the service names in code.

import { clear } from './text.js';

export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'];
/** A shape for each, so that colour never says it alone. */
const SHAPES = { CRITICAL: '■', HIGH: '▲', MEDIUM: '◆', LOW: '●', INFO: '○' };

export function shape(severity) {
  return SHAPES[severity] ?? '?';
}

export function rank(severity) {
  const place = SEVERITIES.indexOf(severity);
  return place < 0 ? SEVERITIES.length : place;
}

/** connection-flood, SINGLE_SOURCE and connectsPerMinute as words. */
export function words(name) {
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : '';
  if (known) {
    return known;
  }
  const text = String(name)
    .replace(/PerMinute$/, ' a minute')
    .replace(/Per(\d+)Min$/, ' in $1 min')
    .replace(/PerSource$/, ' a source')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_.-]+/g, ' ')
    .toLowerCase()
    .trim();
  return text === '' ? '(no name)' : clear(text, LONGEST);
}

/** Characters of a name in code; a longer one is no such name. */
const LONGEST = 80;

const KNOWN = {
  families: 'independent kinds of signs',
  score: 'score of all signs',
  unknownRecipientShare: 'share of recipients that do not exist',
  abuseRefusals: 'refused as spam by others',
  hosts: 'hosts that saw it',
  NAT: 'shared address (NAT)',
  DNS: 'DNS',
  TLS: 'TLS',
  distinctUnknownFailureClients: 'unknown addresses refused',
  distinctFailureClients: 'addresses refused',
  distinctSuccessClients: 'addresses logged in',
  distinctSuccessNetworks: 'networks logged in',
  distinctRecipients: 'different recipients',
  distinctMessages: 'different messages',
  authFailures: 'refused logins',
  authSuccesses: 'logins',
  authErrors: 'logins that could not be checked',
  connectsPerMinute: 'connections a minute',
  connects: 'connections',
  peakConcurrency: 'open at once, at most',
  limitsPerMinute: 'refused at a limit a minute',
  emptyShare: 'sessions without mail',
  productiveShare: 'sessions that led to mail',
  throttledRatio: 'share refused for now',
  throttled: 'refused for now',
  notTried: 'given up without a try',
  amplification: 'tries a message',
  dnsblRejects: 'refused by blocklists',
  unrecognised: 'lines not understood',
};

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const FINE = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** A number of a measure; shares are told in percent. */
export function amount(value, measure = '') {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return '–';
  }
  if (/(Share|Ratio)$/.test(measure) && value >= 0 && value <= 1) {
    return `${FINE.format(value * 100)} %`;
  }
  if (Math.abs(value) >= 100_000) {
    return SHORT.format(value);
  }
  return Number.isInteger(value) || Math.abs(value) >= 1000 ? WHOLE.format(value) : FINE.format(value);
}

export function count(number, one, many = `${one}s`) {
  return `${amount(number)} ${number === 1 ? one : many}`;
}

/** What a cause weighs: little is not nothing. */
export function weight(share) {
  return share > 0 && share < 0.01 ? '< 1 %' : `${amount(Math.round(share * 100))} %`;
}

/** How sure, in words and percent. */
export function sure(confidence) {
  if (typeof confidence !== 'number') {
    return 'not known how sure';
  }
  const percent = Math.floor(confidence * 100);
  if (percent >= 95) {
    return `${percent} % sure`;
  }
  return percent >= 75 ? `${percent} %, likely` : `${percent} %, one of several readings`;
}

export const KINDS = {
  servers: 'server',
  clients: 'client',
  accounts: 'account',
  senders: 'sender',
  destinations: 'destination',
};

/** The list in which a kind stands. */
export function listOf(kind) {
  return Object.keys(KINDS).find((list) => KINDS[list] === kind) ?? 'servers';
}

/** Who an incident is about: [{kind, name, href}], the closest first. */
export function subjects(alert) {
  const order = ['server', 'account', 'client', 'sender', 'destination', 'recipient', 'script'];
  return order
    .filter((kind) => alert.subject?.[kind])
    .map((kind) => {
      const name = alert.subject[kind];
      const list = Object.keys(KINDS).find((key) => KINDS[key] === kind);
      return { kind, name, href: list ? `#/${list}/${encodeURIComponent(name)}` : null };
    });
}

/** Where it is: the subject's server, else the hosts that the evidence is from. */
export function where(alert) {
  if (alert.subject?.server) {
    return [alert.subject.server];
  }
  return [...new Set((alert.evidence ?? []).map((line) => line.host))];
}
