// Asking the API. A wrong answer is an error that says what, which and why; an answer of 401 asks the person for a token.

const ROOT = '/api/v1';
/** Milliseconds that one answer may take: the service itself gives up sooner. */
const PATIENCE = 15_000;
const TOKEN = 'postwarden.token';

let wanted = () => {};

/** What is told when a token is wanted: (rejected) => …, whether one was given that is not taken. */
export function onTokenWanted(listener) {
  wanted = listener;
}

export function giveToken(token) {
  sessionStorage.setItem(TOKEN, token);
}

export function forgetToken() {
  sessionStorage.removeItem(TOKEN);
}

export function hasToken() {
  return sessionStorage.getItem(TOKEN) !== null;
}

/** The API said no, or could not be reached (status 0). retryAfter is in milliseconds, null where nothing was said. */
export class Refusal extends Error {
  constructor(status, title, detail, retryAfter = null) {
    super(detail ? `${title}: ${detail}` : title);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

export function headers(more = {}) {
  const token = sessionStorage.getItem(TOKEN);
  return token === null ? more : { ...more, Authorization: `Bearer ${token}` };
}

/** The address of a question; parameters that are empty are left out, the tenant is the page's own. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  const tenant = new URLSearchParams(location.search).get('tenant');
  for (const [name, value] of Object.entries({ tenant, ...parameters })) {
    if (value !== null && value !== undefined && value !== '') {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return `${ROOT}${path}${text ? `?${text}` : ''}`;
}

export async function ask(path, parameters = {}) {
  const answer = await send(address(path, parameters), { headers: headers({ Accept: 'application/json' }) });
  try {
    return await answer.json();
  } catch (unreadable) {
    throw new Refusal(answer.status, 'The answer is not JSON', `${path}: ${unreadable.message}`);
  }
}

export async function tell(path, body) {
  await send(address(path), {
    method: 'POST',
    headers: headers({ 'Content-Type': 'application/json', Accept: 'application/json' }),
    body: JSON.stringify(body),
  });
}

async function send(url, options) {
  let answer;
  try {
    answer = await fetch(url, { ...options, cache: 'no-cache', credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE) });
  } catch (unreachable) {
    const late = unreachable.name === 'TimeoutError';
    throw new Refusal(0, late ? `No answer within ${PATIENCE / 1000} s` : 'The service cannot be reached', '');
  }
  if (!answer.ok) {
    throw await refusal(answer);
  }
  return answer;
}

/** The problem that an answer tells of (RFC 9457), or what its status alone says. */
export async function refusal(answer) {
  if (answer.status === 401) {
    wanted(hasToken());
  }
  const seconds = Number.parseInt(answer.headers.get('Retry-After') ?? '', 10);
  const retryAfter = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
  let problem = {};
  try {
    problem = JSON.parse(await answer.text()) ?? {};
  } catch {
    problem = {}; // a proxy's page: its status says enough
  }
  const title = typeof problem.title === 'string' && problem.title !== '' ? problem.title : `The service answered ${answer.status}`;
  return new Refusal(answer.status, title, typeof problem.detail === 'string' ? problem.detail : '', retryAfter);
}
