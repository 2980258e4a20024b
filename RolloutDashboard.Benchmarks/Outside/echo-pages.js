// node echo-pages.js BASE LINK FOLDER: signs in by a one-time link and keeps what every page and export shows, for echo-look.py.
const fs = require('fs');
const { chromium } = require(process.env.PLAYWRIGHT);
const [base, link, folder] = process.argv.slice(2);
const pages = ['/', '/iterations', '/iterations/1', '/iterations/2', '/iterations/3', '/iterations/5', '/alerts', '/evidence', '/operations', '/settings', '/configuration', '/gates', '/analytics', '/kpis', '/champions', '/comparisons', '/feedback', '/audit', '/import', '/replay'];
const files = ['iterations.csv', 'decisions.csv', 'champions.csv', 'kpis.csv', 'templates.csv?range=all', 'replay.csv', 'gates.csv', 'comparison.html', 'comparison.md', 'comparison.csv', 'comparison.json'];
(async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByRole('button', { name: 'Use this link' }).click();
  await page.locator('input[autocomplete=username]').fill('lead');
  for (const field of await page.locator('input[type=password]').all()) await field.fill('correct horse battery staple');
  await page.locator('button[type=submit]').click();
  await page.locator('[data-interactive=true]').waitFor({ state: 'attached' });
  let kept = 0;
  for (const path of pages) {
    await page.goto(base + path);
    await page.locator('[data-interactive=true]').waitFor({ state: 'attached' });
    await page.waitForFunction(() => document.title && !/^Reading /m.test(document.querySelector('main').innerText), undefined, { timeout: 30000 }).catch(() => console.log('still reading', path));
    await page.evaluate(() => document.querySelectorAll('details').forEach(one => { one.open = true; }));
    await page.waitForTimeout(700);
    fs.writeFileSync(`${folder}/page${path.replace(/\//g, '-')}.html`, await page.content());
    kept++;
  }
  for (const file of files) {
    const answer = await page.request.get(`${base}/export/${file}`);
    fs.writeFileSync(`${folder}/export-${file.replace(/\W/g, '-')}`, await answer.body());
    console.log(file, answer.status());
    kept += answer.ok() ? 1 : 0;
  }
  console.log('kept', kept);
  await browser.close();
})();
