// A small HTTP client with cookies, the one-time links, and a client of Blazor's circuits.
const http = require('http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 200 });
class Person {
  constructor(base) { this.base = base; this.jar = {}; }
  get cookie() { return Object.entries(this.jar).map(([k, v]) => `${k}=${v}`).join('; '); }
  request(method, path, { body, headers = {}, stream, discard, onStart } = {}) {
    return new Promise((resolve, reject) => {
      const url = new URL(path, this.base);
      const req = http.request(url, { method, agent, headers: { cookie: this.cookie, ...headers } }, res => {
        for (const c of res.headers['set-cookie'] || []) { const [kv] = c.split(';'); const i = kv.indexOf('='); const v = kv.slice(i + 1); if (v) this.jar[kv.slice(0, i)] = v; else delete this.jar[kv.slice(0, i)]; }
        let n = 0; const parts = [];
        res.on('data', d => { n += d.length; if (!discard) parts.push(d); });
        res.on('end', () => resolve({ status: res.statusCode, headers: res.headers, length: n, text: discard ? '' : Buffer.concat(parts).toString() }));
        res.on('error', reject);
      });
      req.on('error', reject);
      if (onStart) onStart(req);
      if (stream) stream(req); else req.end(body);
    });
  }
  async follow(path) {
    let r = await this.request('GET', path), at = new URL(path, this.base).toString();
    for (let i = 0; i < 6 && r.status >= 300 && r.status < 400; i++) { at = new URL(r.headers.location.replace(/^~\//, '/'), at).toString(); r = await this.request('GET', at); }
    return { ...r, at };
  }
  async post(path, form) {
    const r = await this.request('POST', path, { body: new URLSearchParams(form).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    return r.status >= 300 && r.status < 400 ? await this.follow(new URL(r.headers.location.replace(/^~\//, '/'), new URL(path, this.base)).toString()) : r;
  }
  // Opens the link (and presses its button, where there is one), then chooses a password.
  async enter(link, name) {
    let page = await this.follow(link);
    const hidden = text => Object.fromEntries([...text.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(m => [(/name="([^"]+)"/.exec(m[0]) || [])[1], ((/value="([^"]*)"/.exec(m[0]) || [])[1] || '').replace(/&#x2B;/g, '+').replace(/&amp;/g, '&')]));
    if (!/type="password"/.test(page.text)) {
      const action = (/<form[^>]*action="([^"]+)"/.exec(page.text) || [])[1] || page.at;
      page = await this.post(new URL(action, page.at).toString(), hidden(page.text));
    }
    const fields = hidden(page.text);
    const done = await this.post('/account/set-password', { ...fields, userName: name, password: 'correct horse battery staple', repeated: 'correct horse battery staple' });
    if (done.status !== 200) throw new Error(`sign-in of ${name}: ${done.status} ${done.text.slice(0, 300)}`);
    return this;
  }
  async token() { const r = await this.request('GET', '/api/antiforgery'); return JSON.parse(r.text); }
}
// A circuit: fetches the page, starts the circuit over one WebSocket, adds the page's components and acknowledges each batch.
const signalR = require('@microsoft/signalr');
const { MessagePackHubProtocol } = require('@microsoft/signalr-protocol-msgpack');
class BlazorPack extends MessagePackHubProtocol { constructor() { super(); this.name = 'blazorpack'; } }
let objects = 0;
async function circuit(person, path) {
  const page = await person.follow(path);
  const markers = [...page.text.matchAll(/<!--Blazor:(\{.*?\})-->/g)].map(m => JSON.parse(m[1])).filter(m => m.type === 'server');
  const stats = { batches: 0, bytes: 0, open: true };
  const c = new signalR.HubConnectionBuilder().withUrl(new URL('/_blazor', person.base).toString(), { transport: signalR.HttpTransportType.WebSockets, skipNegotiation: true, headers: { cookie: person.cookie } })
    .withHubProtocol(new BlazorPack()).configureLogging(signalR.LogLevel.None).build();
  c.on('JS.RenderBatch', (id, data) => { stats.batches++; stats.bytes += data.length; c.send('OnRenderCompleted', id, null).catch(() => {}); });
  c.on('JS.BeginInvokeJS', (id, name) => {
    if (!id) return;
    const value = /watchTheme/.test(name) ? { dark: false, choice: 'system' } : name === 'rolloutPage.zone' ? { name: "UTC", offsetMinutes: 0 } : name === 'import' || name === 'open' ? { __jsObjectId: 1000 + ++objects } : null;
    c.send('EndInvokeJSFromDotNet', id, true, JSON.stringify([id, true, value])).catch(() => {});
  });
  for (const n of ['JS.AttachComponent', 'JS.EndInvokeDotNet', 'JS.EndUpdateRootComponents', 'JS.Error', 'JS.ReceiveByteArray', 'JS.BeginTransmitStream', 'JS.SavePersistedState', 'JS.RequestPause']) c.on(n, (...a) => { if (n === 'JS.Error') stats.error = a[0]; });
  c.onclose(e => { stats.open = false; stats.closed = e && e.message; });
  await c.start();
  const id = await c.invoke('StartCircuit', new URL('/', person.base).toString(), new URL(path, person.base).toString(), '[]', '');
  if (!id) throw new Error('no circuit');
  await c.send('UpdateRootComponents', JSON.stringify({ batchId: 1, operations: markers.map((marker, i) => ({ type: 'add', ssrComponentId: i + 1, marker })) }), '');
  return { stats, stop: () => c.stop() };
}
module.exports = { Person, circuit, sleep: ms => new Promise(r => setTimeout(r, ms)) };
