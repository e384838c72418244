import { expect } from '@playwright/test';
import { CONTENT_SECURITY_POLICY } from '../../main/shell/content-security-policy';
import { test } from '../support/fixtures';

/** Code that an attacker might get into the page. Each attempt must fail, and the app must live on. */
type Attempt = readonly [name: string, code: string];

const REFUSED: readonly Attempt[] = [
  ['a request to the Internet', `fetch('https://example.com').then(() => 'through', () => 'refused')`],
  ['a request to this computer', `fetch('http://127.0.0.1:80').then(() => 'through', () => 'refused')`],
  [
    'a request by XMLHttpRequest',
    `new Promise((done) => { const x = new XMLHttpRequest(); x.onload = () => done('through'); x.onerror = () => done('refused'); x.open('GET', 'https://example.com'); x.send(); })`,
  ],
  [
    'a WebSocket',
    `new Promise((done) => { try { const s = new WebSocket('ws://127.0.0.1:80'); s.onopen = () => done('through'); s.onerror = () => done('refused'); } catch { done('refused'); } })`,
  ],
  [
    'an image from elsewhere',
    `new Promise((done) => { const i = new Image(); i.onload = () => done('through'); i.onerror = () => done('refused'); i.src = 'https://example.com/a.png'; })`,
  ],
  [
    'a file of this computer',
    `new Promise((done) => { const i = new Image(); i.onload = () => done('through'); i.onerror = () => done('refused'); i.src = 'file:///usr/share/pixmaps/debian-logo.png'; })`,
  ],
  ['a script of a data address', `import('data:text/javascript,1').then(() => 'through', () => 'refused')`],
  [
    'code from text',
    // In a task of its own: what a debugger evaluates is exempt from the policy.
    `new Promise((done) => setTimeout(() => { try { done(new Function('return "through"')()); } catch { done('refused'); } }))`,
  ],
  [
    'an inline script',
    `(() => { const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.head.append(s); return window.ran ? 'through' : 'refused'; })()`,
  ],
  ['a new window', `window.open('https://example.com') === null ? 'refused' : 'through'`],
  [
    'a path that climbs out',
    `new Promise((done) => { const i = new Image(); i.onload = () => done('through'); i.onerror = () => done('refused'); i.src = 'app://tillside/..%2f..%2fpackage.json'; })`,
  ],
  [
    'another host of our scheme',
    `new Promise((done) => { const i = new Image(); i.onload = () => done('through'); i.onerror = () => done('refused'); i.src = 'app://elsewhere/index.html'; })`,
  ],
  [
    'the camera',
    `navigator.mediaDevices ? navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'through', () => 'refused') : 'refused'`,
  ],
  [
    'where this is',
    `new Promise((done) => navigator.geolocation.getCurrentPosition(() => done('through'), () => done('refused')))`,
  ],
  [
    'a notification',
    `Notification.requestPermission().then((answer) => answer === 'granted' ? 'through' : 'refused')`,
  ],
  ['Node', `typeof require === 'undefined' && typeof process === 'undefined' ? 'refused' : 'through'`],
  [
    'a channel that is not in the contract',
    `window.tillside.request('vault:read', {}).then(() => 'through', () => 'refused')`,
  ],
  [
    'an event that is not in the contract',
    `(() => { try { window.tillside.on('secrets', () => {}); return 'through'; } catch { return 'refused'; } })()`,
  ],
  [
    'an unknown key',
    `window.tillside.request('board:read', { secrets: true }).then((reply) => reply.ok ? 'through' : 'refused')`,
  ],
  [
    'a wrong type',
    `window.tillside.request('order:accept', { key: 'all', minutes: 20 }).then((reply) => reply.ok ? 'through' : 'refused')`,
  ],
  [
    'a promise without end',
    `window.tillside.request('order:accept', { key: { location: 'a', channel: 'b', id: 'c' }, minutes: 1e9 }).then((reply) => reply.ok ? 'through' : 'refused')`,
  ],
  [
    'a huge message',
    `window.tillside.request('setup:value', { name: 'A', value: 'x'.repeat(1e6) }).then((reply) => reply.ok ? 'through' : 'refused')`,
  ],
  [
    'a prototype',
    `window.tillside.request('order:seen', JSON.parse('{"__proto__":{"key":1},"key":null}')).then((reply) => reply.ok ? 'through' : 'refused')`,
  ],
  [
    'a variable that nobody asked for',
    `window.tillside.request('setup:value', { name: 'TILLSIDE_JOURNAL_KEY_X', value: 'mine' }).then((reply) => reply.ok ? 'through' : 'refused')`,
  ],
];

test('what the page may not do, it cannot', async ({ shown }) => {
  const outcomes: Record<string, unknown> = {};
  for (const [name, code] of REFUSED) outcomes[name] = await shown.page.evaluate(code);
  expect(outcomes).toEqual(Object.fromEntries(REFUSED.map(([name]) => [name, 'refused'])));
  expect(shown.app.windows()).toHaveLength(1);
});

test('the page stays where it is', async ({ shown }) => {
  const inPage = (code: string) =>
    shown.app.evaluate(
      ({ BrowserWindow }, script) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script),
      code,
    );
  await inPage(`location.href = 'https://example.com'; null`);
  await inPage(
    `document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.com' })); null`,
  );
  await inPage(
    `document.body.append(Object.assign(document.createElement('a'), { href: 'https://example.com', id: 'out' })); document.getElementById('out').click(); null`,
  );
  expect(await inPage('location.href')).toContain('app://tillside/');
  expect(await inPage(`document.querySelector('nav') !== null`)).toBe(true);
});

test('the page’s frame asks nothing: only the top frame is answered', async ({ shown }) => {
  const bridge = await shown.page.evaluate(`(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    return typeof frame.contentWindow.tillside;
  })()`);
  expect(bridge).toBe('undefined');
});

test('every switch of the window is set, and the page carries exactly our policy', async ({ shown }) => {
  const preferences = await shown.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return (
      contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    ).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  });
  const policy = await shown.app.evaluate(async ({ net }) =>
    (await net.fetch('app://tillside/index.html')).headers.get('content-security-policy'),
  );
  expect(policy).toBe(CONTENT_SECURITY_POLICY);
});

test('no secret is found in the data folder or in the log', async ({ world, shown, service }) => {
  const { readdirSync, readFileSync } = await import('node:fs');
  const { join } = await import('node:path');
  const number = await service.send(await shown.relayUrl());
  await shown.page
    .getByRole('article', { name: `Order ${number}` })
    .getByRole('button', { name: 'Accept' })
    .click();
  await shown.log.waitFor('order_injected');
  const secrets = Object.entries(world.env).flatMap(([name, value]) =>
    /TOKEN|SECRET/.test(name) ? [value] : [],
  );
  expect(secrets).toHaveLength(3);
  const files = readdirSync(world.dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const bytes = readFileSync(join(file.path, file.name));
    for (const secret of secrets) expect(bytes.includes(secret), file.name).toBe(false);
  }
  const log = JSON.stringify([shown.log.lines, shown.log.text]);
  for (const secret of secrets) expect(log).not.toContain(secret);
  const html = await shown.page.content();
  for (const secret of secrets) expect(html).not.toContain(secret);
});
