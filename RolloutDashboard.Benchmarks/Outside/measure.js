// node measure.js SERVERDIR DATADIR OUT [--workers N] [--pace 00:00:00] [--parts exports,uploads,circuits,aa] [--base 40] [--load 60] [--act click|stop-json|none] [--warm 30] [--settle 0] [--beside 0]
const { Person, sleep } = require('./lib');
const { spawn, execFileSync } = require('child_process'); const fs = require('fs'); const http = require('http');
const work = process.env.WORK; const [server, data] = process.argv.slice(2); const opt = (n, d) => { const i = process.argv.indexOf('--' + n); return i < 0 ? d : process.argv[i + 1]; };
const port = +opt('port', 5990), base = `http://127.0.0.1:${port}`, parts = opt('parts', 'exports,uploads,circuits'), act = opt('act', 'none');
const env = { ...process.env, Storage__DataDirectory: data, DOTNET_gcTrace: '0' };
const sql = q => execFileSync('python3', ['-c', `import sqlite3,sys\nc=sqlite3.connect('file:${data}/rollout.db?mode=ro',uri=True,timeout=5)\nprint(c.execute(sys.argv[1]).fetchone()[0])`, q]).toString().trim();
const cli = (...a) => execFileSync('dotnet', [server + '/RolloutDashboard.dll', ...a], { env }).toString();
const ticks = ms => Math.round(ms) * 10000 + 621355968000000000;
const ended = (a, b) => +sql(`select count(*) from Iterations where Environment=0 and EndedAt>${ticks(a)} and EndedAt<=${ticks(b)}`);
const q = (list, p) => { const s = [...list].sort((a, b) => a - b); return s.length ? s[Math.min(s.length - 1, Math.floor(s.length * p))] : null; };
function health(ms, into) { const end = Date.now() + ms; return new Promise(done => { const tick = () => { if (Date.now() > end) return done(); const t = process.hrtime.bigint(); const r = http.get(base + '/healthz', { agent: false, timeout: 30000 }, res => { res.resume(); res.on('end', () => into.push(Number(process.hrtime.bigint() - t) / 1e6)); }); r.on('error', () => into.push(30000)); setTimeout(tick, 100); }; tick(); }); }
const cpu = pid => { try { const f = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' '); return (+f[11] + +f[12]) / 100; } catch { return 0; } };
const idle = () => { const f = fs.readFileSync('/proc/stat','utf8').split('\n')[0].split(/\s+/).slice(1).map(Number); return { idle: f[3] / 100, io: f[4] / 100, user: f[0] / 100, nice: f[1] / 100, sys: f[2] / 100, steal: f[7] / 100 }; };
const per = (a, b, s) => Object.fromEntries(Object.keys(a).map(k => [k, +((b[k] - a[k]) / s).toFixed(2)]));
const nices = pid => { const m = {}; for (const t of fs.readdirSync(`/proc/${pid}/task`)) { try { const f = fs.readFileSync(`/proc/${pid}/task/${t}/stat`, 'utf8').split(') ')[1].split(' '); (m[f[16]] ||= [0, 0]); m[f[16]][0]++; m[f[16]][1] += (+f[11] + +f[12]) / 100; } catch { } } return m; };
let server0;
(async () => {
  const log = fs.openSync(opt('log', work + '/server.log'), 'w'); let link;
  const args = [server + '/RolloutDashboard.dll', `--Storage:DataDirectory=${data}`, `--Urls=${base}`, `--Loop:Workers=${opt('workers', '2')}`];
  if (opt('pace')) args.push(`--Loop:Pace=${opt('pace')}`);
  const p = spawn('dotnet', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = ''; server0 = p; const read = d => { text += d; fs.writeSync(log, d); }; p.stdout.on('data', read); p.stderr.on('data', read);
  for (let i = 0; i < 600 && !(/Now listening on/.test(text) && /http:\/\/\S+\?token=\S+/.test(text)); i++) await sleep(100);
  link = (/(http:\/\/\S+\?token=\S+)/.exec(text) || [])[1]; if (!link) throw new Error('no link ' + text.slice(-500));
  const people = {}; const admin = await new Person(base).enter(link, 'lead'); people.lead = admin.jar;
  for (const [n, r] of [['viewer', 'Viewer'], ['analyst', 'Analyst'], ['operator', 'Operator']]) { const l = /(http:\/\/\S+)/.exec(cli('users', 'add', n, r))[1]; people[n] = (await new Person(base).enter(l, n)).jar; }
  const jars = work + '/jars.' + port + '.json'; fs.writeFileSync(jars, JSON.stringify(people));
  const result = { server, workers: opt('workers', '2'), pace: opt('pace', 'offline'), parts, act };
  let page, browser;
  if (act === 'click') {
    const { chromium } = require(process.env.PLAYWRIGHT);
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } }); context.setDefaultTimeout(90000);
    await context.addCookies(Object.entries(people.operator).map(([name, value]) => ({ name, value, domain: '127.0.0.1', path: '/' })));
    page = await context.newPage(); await page.goto(base + '/'); await page.locator('main[data-interactive=true]').waitFor();
    await page.locator('.rollback-button').first().click(); await page.locator('#confirm-rollback').waitFor(); await page.getByText('Keep JSON mode').click(); await sleep(1000);
  }
  await sleep(+opt('warm', '30') * 1000);
  const before = +opt('base', '40') * 1000, during = +opt('load', '60') * 1000; let t0 = Date.now(), c0 = cpu(p.pid); const hb = []; const i0 = idle();
  const bu = +opt('beside', '0') ? spawn('nice', ['-n', '10', 'node', __dirname + '/burn.js', opt('beside')]) : null;
  if (before) { await health(before, hb); await sleep(300); result.before = { perMinute: ended(t0, t0 + before) * 60000 / before, p50: q(hb, .5), p99: q(hb, .99), cpu: (cpu(p.pid) - c0) / (before / 1000), machine: per(i0, idle(), before / 1000) }; }
  if (bu) bu.kill('SIGKILL');
  const lo = spawn('nice', ['-n', '10', 'node', __dirname + '/load.js', base, jars, parts, String(during / 1000 + 45 + +opt('settle', '0'))], { stdio: ['ignore', 'pipe', 'inherit'] });
  let lt = ''; lo.stdout.on('data', d => lt += d); const t1 = Date.now();
  while (!/LOADED/.test(lt) && Date.now() - t1 < 40000) await sleep(100);
  result.rampSeconds = (Date.now() - t1) / 1000; await sleep(3000 + 1000 * +opt('settle', '0'));
  const hd = []; let td = Date.now(); c0 = cpu(p.pid); const l0 = cpu(lo.pid); const i1 = idle(); const hp = health(during, hd); let acted;
  if (act !== 'none') {
    await sleep(Math.min(during / 2, 15000)); const a0 = Date.now();
    if (act === 'click') {
      await page.locator('.rollback-button').first().click({ noWaitAfter: true }); await page.locator('#confirm-rollback').waitFor(); const dialog = Date.now() - a0;
      await page.locator('#confirm-rollback').click({ noWaitAfter: true }); await page.locator('[data-succeeded=true]').waitFor(); const shown = Date.now() - a0;
      const wait = (await page.locator('.command-result').innerText()); result.click = { dialogMs: dialog, shownMs: shown, words: wait };
    } else { cli('stop-json', '--reason', 'load'); result.stop = { cliMs: Date.now() - a0 }; }
    let at = ''; for (let i = 0; i < 600; i++) { at = sql('select coalesce(max(StoppedAt),0) from Rollbacks where RequestedAt>' + ticks(a0 - 2000)); if (at !== '0') break; await sleep(100); }
    result.stoppedAfterMs = at === '0' ? null : Math.round((+at - 621355968000000000) / 10000 - a0);
  }
  const th = await Promise.race([sleep(Math.max(0, td + during - Date.now() - 4000)).then(() => { const n = nices(p.pid); return n; })]);
  result.threadsByNice = th; await hp; const len = Date.now() - td; result.during = { perMinute: ended(td, td + len) * 60000 / len, p50: q(hd, .5), p99: q(hd, .99), max: Math.max(...hd), n: hd.length, cpu: (cpu(p.pid) - c0) / (len / 1000), loadCpu: (cpu(lo.pid) - l0) / (len / 1000), machine: per(i1, idle(), len / 1000) };
  result.loadavg = fs.readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).join(' ');
  if (result.before) result.ratio = result.during.perMinute / result.before.perMinute;
  result.free = execFileSync('df', ['-m', '--output=avail', data]).toString().split('\n')[1].trim() + ' MB';
  await Promise.race([new Promise(r => lo.on('exit', r)), sleep(60000)]);
  result.load = (() => { try { return JSON.parse(lt.split('LOADED\n')[1]); } catch { return lt.slice(0, 200); } })();
  if (browser) await browser.close();
  p.kill('SIGTERM'); await Promise.race([new Promise(r => p.on('exit', r)), sleep(30000)]); if (p.exitCode === null) p.kill('SIGKILL');
  console.log(JSON.stringify(result, null, 1)); fs.appendFileSync(opt('out', work + '/results.jsonl'), JSON.stringify(result) + '\n'); process.exit(0);
})().catch(e => { console.error(e); if (server0) server0.kill('SIGKILL'); process.exit(1); });
