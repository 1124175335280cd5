// Requests to the HTTP API. All addresses are relative, so the console works under any prefix.
import { redraw } from './app.js';

const base = new URL('api/v1/', document.baseURI);

/** What stands between the console and its data: undefined, 'ended' or 'unreachable'. */
export const session = { trouble: undefined, detail: undefined };

/** A refused or failed request, as RFC 9457 describes it. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`);
    this.status = status;
    this.code = body.code;
    this.title = body.title ?? 'Failed';
  }
}

export function address(path, params = {}) {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, value);
  }
  return url;
}

/** Reads JSON. */
export async function get(path, params, signal) {
  const answer = await send(address(path, params), { signal });
  return answer.json();
}

/** Changes something. The header shows that the request comes from this page and not from a form elsewhere. */
export async function post(path, body) {
  const answer = await send(address(path), {
    method: 'POST',
    headers: { 'X-Headrace': '1', 'Content-Type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}

async function send(url, options) {
  let answer;
  try {
    answer = await fetch(url, { credentials: 'same-origin', cache: 'no-store', redirect: 'manual', ...options });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    trouble('unreachable');
    throw new Problem(0, { title: 'Unreachable', detail: 'The server does not answer.' });
  }
  const type = answer.headers.get('Content-Type') ?? '';
  if (answer.type === 'opaqueredirect' || (answer.ok && type.startsWith('text/html'))) {
    // A sign-in page, or the way to one, which may be on another site, answered in place of the API.
    trouble('ended');
    throw new Problem(401, { title: 'Signed out', detail: 'Your session has ended.' });
  }
  if (answer.ok) {
    trouble(undefined);
    return answer;
  }
  const problem = new Problem(answer.status, await body(answer, type));
  if (isSignedOut(problem)) trouble('ended', problem.code && problem.message);
  else trouble(undefined);
  throw problem;
}

/** Whether it is unknown who asks, or they may see nothing at all: here, or at a proxy before the API. */
function isSignedOut({ status, code }) {
  return status === 401 || (status === 403 && (code === undefined || code === 'REFUSED' || code === 'UNAUTHENTICATED'));
}

async function body(answer, type) {
  if (!type.includes('json')) return {};
  try {
    return await answer.json();
  } catch {
    return {};
  }
}

function trouble(what, detail) {
  if (session.trouble === what) return;
  session.trouble = what;
  session.detail = detail;
  redraw();
}

/** A name as one segment of a path: it may hold any character. */
export function segment(name) {
  return encodeURIComponent(name);
}
