// Load, run with nice 10: node load.js BASE cookies.json PARTS SECONDS; PARTS is a list of exports,uploads,circuits
const { Person, circuit, sleep } = require('./lib');
const fs = require('fs');
const [base, jars, parts, seconds] = process.argv.slice(2);
const people = JSON.parse(fs.readFileSync(jars));
const of = name => Object.assign(new Person(base), { jar: { ...people[name] } });
const end = Date.now() + seconds * 1000, has = p => parts.split(',').includes(p);
const out = { exports: {}, exportBytes: 0, uploads: [], circuits: 0 };
async function exporter(i) {
  const viewer = of('viewer');
  // Different questions, so that nobody's answer serves another: comparisons of arms and attempts, replays, analytics, all iterations.
  const asks = ['/export/iterations.csv', '/export/templates.csv?range=all', '/export/kpis.csv?by=day'];
  for (let n = 0; Date.now() < end; n++) {
    // Each asks something that nobody asked before.
    const to = encodeURIComponent(new Date(Date.now() - 1000 * (60 + i * 700 + n)).toISOString().slice(0, 19) + 'Z');
    const path = i < 18 ? `/export/comparison.${['html', 'md', 'csv', 'json'][i % 4]}?a=${encodeURIComponent('production;mode=json;to=')}${to}&b=${encodeURIComponent('production;mode=full-code')}`
      : i < 24 ? `/export/replay.csv?with=${encodeURIComponent('3.1/json-success=0.' + (700 + i * 10 + n % 10))}` : asks[(i + n) % asks.length];
    let timer, req0;
    const r = await viewer.request('GET', path, { discard: true, onStart: q => { req0 = q; timer = setTimeout(() => q.destroy(new Error('end')), Math.max(100, end - Date.now())); } }).catch(e => ({ status: e.message, length: 0 }));
    clearTimeout(timer);
    out.exports[r.status] = (out.exports[r.status] || 0) + 1; out.exportBytes += r.length;
    if (r.status === 429 || r.status === 503) await sleep(300);
  }
}
async function uploader(i) {
  const analyst = of('analyst'); const t = await analyst.token();
  const chunk = Buffer.from(('{"iteration":' + i + ',"mode":"json","sharpe":0.5,"success":true,"x":"' + 'y'.repeat(200) + '"}\n').repeat(240));
  let sent = 0; const began = Date.now();
  const r = await analyst.request('POST', '/api/imports/arrivals?name=large' + i + '.jsonl', {
    headers: { [t.header]: t.token, 'transfer-encoding': 'chunked', 'content-type': 'application/octet-stream' },
    stream: req => { let over = false; req.on('response', () => over = true); req.on('close', () => over = true);
      const go = () => { for (;;) { if (over) return; if (sent >= 2048 * 1024 * 1024 - chunk.length || Date.now() > end) { req.end(); return; } sent += chunk.length; if (!req.write(chunk)) { req.once('drain', go); return; } } }; go(); },
  }).catch(e => ({ status: e.code || e.message, text: '' }));
  out.uploads.push({ status: r.status, mb: Math.round(sent / 1e6), seconds: (Date.now() - began) / 1000, text: (r.text || '').slice(0, 250) });
}
(async () => {
  const work = []; let circuits = [];
  if (has('circuits')) for (let i = 0; i < 100; i++) { try { circuits.push(await circuit(of('viewer'), '/')); } catch (e) { out.circuitError = e.message; } if (Date.now() > end) break; }
  if (has('aa')) for (let i = 0; i < 6; i++) { try { circuits.push(await circuit(of('viewer'), '/aa?runs=500&seed=s' + i)); } catch (e) { out.circuitError = e.message; } }
  process.stdout.write('LOADED\n');
  if (has('exports')) for (let i = 0; i < 30; i++) work.push(exporter(i));
  if (has('uploads')) for (let i = 0; i < 4; i++) work.push(uploader(i));
  while (Date.now() < end) await sleep(200);
  await Promise.race([Promise.all(work), sleep(5000)]);
  out.circuits = circuits.filter(c => c.stats.open && c.stats.batches > 1).length;
  out.batches = circuits.reduce((a, c) => a + c.stats.batches, 0); out.batchBytes = circuits.reduce((a, c) => a + c.stats.bytes, 0);
  out.errors = [...new Set(circuits.map(c => c.stats.error || c.stats.closed).filter(Boolean))].slice(0, 3);
  console.log(JSON.stringify(out)); process.exit(0);
})();
