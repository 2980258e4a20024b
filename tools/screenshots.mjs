#!/usr/bin/env node
// Takes the pictures of the README from a running dashboard: the live page in both themes at 1440 x 1000.
//
//   node tools/screenshots.mjs ADDRESS --link LINK [--name NAME] [--after SECONDS]
//   node tools/screenshots.mjs ADDRESS --name NAME [--after SECONDS]
//
// LINK is a one-time link as the server prints it at its first start, or as the command sign-in-link prints it; the
// script opens it as NAME ("lead" by default). Without a link it signs in as NAME, who must exist. The password is that
// of SCREENSHOTS_PASSWORD. --after waits after the sign-in, so that there is something to see (0 by default).
//
// The Playwright driver is looked for in PLAYWRIGHT (its folder .playwright/package), then in the NuGet package that
// the tests use; Chromium in CHROMIUM, then on the PATH.

import { createRequire } from "node:module";
import { accessSync, constants, existsSync, mkdirSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const images = resolve(dirname(fileURLToPath(import.meta.url)), "..", "docs", "images");
const viewport = { width: 1440, height: 1000 };
const patience = 90_000;
const usage = "Usage: node tools/screenshots.mjs ADDRESS [--link LINK] [--name NAME] [--after SECONDS]";

class Failure extends Error {}

function ask() {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: { link: { type: "string" }, name: { type: "string" }, after: { type: "string", default: "0" } },
    });
  } catch (error) {
    throw new Failure(`${error.message}\n${usage}`);
  }

  const { values, positionals } = parsed;
  const after = Number(values.after);
  if (positionals.length !== 1 || !URL.canParse(positionals[0])) {
    throw new Failure(`Give the address of the dashboard, such as http://localhost:5080.\n${usage}`);
  }

  if (!Number.isFinite(after) || after < 0) {
    throw new Failure(`--after takes seconds, not '${values.after}'.`);
  }

  if (!values.link && !values.name) {
    throw new Failure(`Give --link, or --name of somebody who may sign in.\n${usage}`);
  }

  const password = process.env.SCREENSHOTS_PASSWORD;
  if (!password) {
    throw new Failure("Set SCREENSHOTS_PASSWORD: at least 12 characters, at least 5 different ones, without the name.");
  }

  return { address: positionals[0], link: values.link, name: values.name ?? "lead", after, password };
}

function playwright() {
  const packages = join(process.env.NUGET_PACKAGES ?? join(homedir(), ".nuget", "packages"), "microsoft.playwright");
  const newestFirst = (one, other) => other.localeCompare(one, "en", { numeric: true });
  const versions = existsSync(packages) ? readdirSync(packages).sort(newestFirst) : [];
  const drivers = versions.map(version => join(packages, version, ".playwright", "package"));
  const places = [process.env.PLAYWRIGHT, ...drivers];
  const found = places.find(place => place && existsSync(join(place, "package.json")));
  if (!found) {
    throw new Failure(`No Playwright driver in ${packages}; run 'dotnet restore', or name its folder in PLAYWRIGHT.`);
  }

  return createRequire(import.meta.url)(found);
}

function chromium() {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const places = [process.env.CHROMIUM, ...folders.flatMap(folder => names.map(name => join(folder, name)))];
  const found = places.filter(Boolean).find(place => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) {
    throw new Failure(`None of ${names.join(", ")} is on the PATH; install Chromium, or name it in CHROMIUM.`);
  }

  return found;
}

async function signIn(page, { address, link, name, password }) {
  if (link) {
    await page.goto(link);
    await page.getByRole("button", { name: "Use this link" }).click();
  } else {
    await page.goto(new URL("/account/signin", address).toString());
  }

  const userName = page.locator("input[name=userName]");
  await userName.waitFor();
  if (await userName.isEditable()) {
    await userName.fill(name);
  }

  for (const field of await page.locator("input[type=password]").all()) {
    await field.fill(password);
  }

  await page.locator("button[type=submit]").click();
  const refused = page.locator("#problem");
  const entered = page.locator("[data-interactive=true]");
  await Promise.race([entered.waitFor({ state: "attached" }), refused.waitFor()]);
  if (await refused.isVisible()) {
    throw new Failure(`The sign-in was refused: ${(await refused.innerText()).trim()}`);
  }
}

// Figures read, fonts there, charts drawn.
async function settled(page) {
  await page.locator("[data-interactive=true]").waitFor({ state: "attached" });
  await page.locator(".live[data-as-of]").waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(
    () => {
      const seen = [...document.querySelectorAll(".chart-canvas")].filter(chart => {
        const box = chart.getBoundingClientRect();
        return box.top < innerHeight && box.bottom > 0;
      });
      return seen.every(chart => chart.querySelector("svg"));
    },
    null,
    { polling: 200 },
  );
}

async function take(browser, storageState, address, theme) {
  const context = await browser.newContext({ storageState, viewport, colorScheme: theme, reducedMotion: "reduce" });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  await page.goto(new URL("/", address).toString());
  await settled(page);
  const path = join(images, `live-${theme}.png`);
  await page.screenshot({ path, animations: "disabled" });
  await context.close();
  console.log(path);
}

async function main() {
  const asked = ask();
  const browser = await playwright().chromium.launch({
    executablePath: chromium(),
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  try {
    const context = await browser.newContext({ viewport });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    await signIn(page, asked);
    const storageState = await context.storageState();
    await page.waitForTimeout(asked.after * 1000);
    await context.close();
    mkdirSync(images, { recursive: true });
    for (const theme of ["light", "dark"]) {
      await take(browser, storageState, asked.address, theme);
    }
  } finally {
    await browser.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(`screenshots: ${error instanceof Failure ? error.message : (error.stack ?? error)}`);
  process.exitCode = 1;
}
