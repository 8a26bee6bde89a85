// node check.mjs PORT SERVED ON_DISK CHROMIUM
//
// Opens every page of the sites in the folder SERVED as http://127.0.0.1:PORT/<site>/, and a few of the one in ON_DISK as
// files. Prints what was looked at, and each thing that is wrong; fails if there is any.

import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { checkReading } from "./reading.mjs";
import { serve } from "./server.mjs";

const [port, served, onDisk, executablePath] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}`;
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Bytes after gzip: of a brief with its style sheet and script and without its images, and of these two.
const BRIEF_BUDGET = 30_000;
const BUDGETS = { css: 8_000, js: 2_000 };

// One page of each of these is looked at closely. An address below a folder is any of that folder's pages.
const KINDS = {
  revue: [
    "", "en/", "pays/", "pays/*", "en/countries/*", "themes/", "themes/*", "auteurs/", "auteurs/*", "series/", "series/*",
    "a-propos-de-l-index/", "en/about-the-index/",
    "sources/", "sources/*", "en/sources/", "en/sources/*", "archives/", "archives/????/", "archives/????/??/", "a-propos/", "une/adresse/qui/manque/", "en/no/such/address/",
  ],
  hostile: [
    "", "page/2/", "ar/", "briefs/tout/", "briefs/mots/", "briefs/tableau/", "briefs/rien/", "ar/briefs/*", "pays/*", "pays/*/page/2/",
    "themes/*", "auteurs/*", "series/*", "series/*/page/2/",
    "sources/", "sources/tass/", "sources/*/page/2/", "source/*", "source/*/page/2/",
  ],
  lecture: ["briefs/voisines/", "pays/*", "a-propos/"],
  vide: ["", "pays/", "archives/", "nulle-part/"],
};
const VIEWS = [320, 768, 1280, 1600].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, colorScheme })));
// Colours are the same on every site: what is hostile is looked at for its layout.
const LAYOUTS = [{ width: 320, colorScheme: "light" }, { width: 1280, colorScheme: "dark" }];

const problems = [];
const wrong = (where, what) => problems.push(`${where.replace(origin, "")}: ${what}`);
const figures = {};

const server = await serve(served, Number(port));
const browser = await chromium.launch({ executablePath });
try {
  const pages = await crawl();
  await checkLinks(pages);
  await checkWeights(pages);
  const close = closely(pages);
  await checkAccessibility(close);
  await checkRedirect(pages);
  await checkNotes(pages);
  await checkCiteFiles(pages);
  await checkPrint(close);
  await checkFiles();
  const texts = [...pages].filter(([, { notes }]) => notes).map(([address]) => address);
  figures.notes = await checkReading({ browser, open, wrong, audit, axe, addresses: texts, origin, onDisk });
} catch (error) {
  problems.push(error.stack);
} finally {
  await browser.close();
  server.close();
}
console.log(JSON.stringify(figures));
for (const problem of problems) console.log(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

// A page of a context of its own, which tells of what no page may do.
async function open(options) {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...options });
  const page = await context.newPage();
  page.on("request", (request) => {
    const { protocol, origin: host } = new URL(request.url());
    if (host !== origin && protocol !== "file:") wrong(page.url(), `asks another host for ${request.url()}`);
  });
  page.on("console", (message) => {
    // The browser itself logs the status of a page that is meant not to be there.
    const ofThePage = message.location().url === page.url() && message.text().includes("404");
    if (message.type() === "error" && !ofThePage) wrong(page.url(), message.text());
  });
  page.on("pageerror", (error) => wrong(page.url(), error.message));
  const close = async () => {
    if ((await context.cookies()).length > 0) wrong(origin, "sets a cookie");
    await context.close();
  };
  return { page, close };
}

// Every page of every site, without scripts and as narrow as a page may be: where it leads, and what can be led to.
async function crawl() {
  const pages = new Map();
  const { page, close } = await open({ javaScriptEnabled: false });
  for (const file of await htmlFiles(served)) {
    const path = file.replace(/(^|\/)index\.html$/, "$1").replace(/404\.html$/, "une/adresse/qui/manque/");
    const address = new URL(path, origin).href;
    const html = await readFile(join(served, file), "utf8");
    const movedTo = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(html)?.[1];
    if (movedTo) {
      pages.set(address, { html, movedTo, ids: new Set(), links: [new URL(movedTo, address).href], features: 0 });
      continue;
    }
    await page.goto(address);
    const seen = await page.evaluate(look);
    pages.set(address, { ...seen, html, ids: new Set(seen.ids) });
    const repeated = seen.ids.filter((id, index) => seen.ids.indexOf(id) !== index);
    if (repeated.length > 0) wrong(address, `has two elements called ${repeated[0]}`);
    if (seen.overflow > 0) wrong(address, `is ${seen.overflow} pixels too wide for 320 (${seen.widest})`);
    const scripts = seen.notes ? [new URL(`/${file.split("/")[0]}/courrier.js`, origin).href] : [];
    if (`${seen.scripts}` !== `${scripts}`) wrong(address, `runs ${seen.scripts || "no script"}`);
    if (/<[^>]*\spopover[\s=>]/.test(html)) wrong(address, "has a popover in its file");
    if (seen.headings !== 1) wrong(address, `has ${seen.headings} h1`);
    for (const text of seen.data) checkData(address, text);
  }
  await close();
  figures.pages = pages.size;
  return pages;
}

async function htmlFiles(folder) {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".html")).map((name) => name.split(sep).join("/")).sort();
}

// What a page is, as seen from inside it.
function look() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const { scrollWidth, clientWidth } = document.documentElement;
  const past = all("body *").filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
  return {
    ids: all("[id]").map((element) => element.id),
    links: all("a[href], link[href]").map(({ href }) => (href.baseVal === undefined ? href : new URL(href.baseVal, document.baseURI).href)).concat(all("[src]").map((element) => element.src)),
    overflow: scrollWidth - clientWidth,
    widest: past.map((element) => element.outerHTML.slice(0, 80)).at(-1),
    scripts: all("script:not([type='application/ld+json'])").map((element) => element.src || "a script in the page"),
    notes: all("[role=doc-endnotes]").length > 0,
    data: all("script[type='application/ld+json']").map((element) => element.textContent),
    headings: all("h1").length,
    brief: all("article.brief:not(.page)").length > 0,
    features: [
      ".series", ".translations", ".corrections", ".brief-image", ".cited-by", ".related", ".neighbours", ".text table",
      ".text blockquote", ".text figure", ".text pre", ".text h2", ".text ul", "[role=doc-endnotes]", "[role=doc-backlink] + a",
    ].filter((selector) => document.querySelector(selector)).length,
  };
}

function checkData(address, text) {
  let data;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return wrong(address, `has JSON-LD that can't be read: ${error.message}`);
  }
  const missing = ["headline", "inLanguage", "datePublished", "publisher"].filter((field) => !data[field]);
  if (/NewsArticle$/.test(data["@type"]) && missing.length > 0) wrong(address, `has JSON-LD without ${missing}`);
}

async function checkLinks(pages) {
  const from = new Map();
  const lead = (address, link) => from.set(link, from.get(link) ?? address);
  for (const [address, { links }] of pages) links.forEach((link) => lead(address, link));
  // Beside each site stands what its build remembers.
  const sites = (await readdir(served)).filter((name) => !name.startsWith("."));
  for (const site of sites) {
    const sitemap = await readFile(join(served, site, "sitemap.xml"), "utf8");
    for (const [, link] of sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)) lead(`/${site}/sitemap.xml`, link);
  }
  const statuses = new Map();
  for (const [link, address] of from) {
    if (!link.startsWith(`${origin}/`)) continue;
    const [page, fragment] = link.split("#");
    if (!statuses.has(page)) statuses.set(page, (await fetch(page)).status);
    // The address itself is what is not there, and its own links are looked at from it.
    const isItself = page === address && page.endsWith("/une/adresse/qui/manque/");
    if (statuses.get(page) !== 200 && !isItself) wrong(address, `leads to ${link}, which answers ${statuses.get(page)}`);
    if (fragment && !pages.get(page)?.ids.has(decodeURIComponent(fragment))) wrong(address, `leads to ${link}, which is nowhere`);
  }
  figures.links = from.size;
}

async function checkWeights(pages) {
  const size = (bytes) => gzipSync(bytes, { level: 9 }).length;
  for (const [kind, budget] of Object.entries(BUDGETS)) {
    figures[kind] = size(await readFile(join(served, "revue", `courrier.${kind}`)));
    if (figures[kind] > budget) wrong(`courrier.${kind}`, `weighs ${figures[kind]} bytes`);
  }
  figures.heaviestBrief = 0;
  for (const [address, { html, brief }] of pages) {
    if (!brief || !address.startsWith(`${origin}/revue/`)) continue;
    const weight = size(html) + figures.css + figures.js;
    figures.heaviestBrief = Math.max(figures.heaviestBrief, weight);
    if (weight > BRIEF_BUDGET) wrong(address, `weighs ${weight} bytes`);
  }
}

// A page of each kind, and in French and in English the brief that has the most in it.
function closely(pages) {
  const addresses = [...pages.keys()];
  const chosen = new Set();
  for (const [site, patterns] of Object.entries(KINDS)) {
    for (const pattern of patterns) {
      const shape = pattern.replaceAll("?", "[^/]").replaceAll("*", "[^/]+").replace(/([^/])$/, "$1/");
      const address = addresses.find((address) => new RegExp(`^${origin}/${site}/${shape}$`).test(address));
      if (!address && /[*?]/.test(pattern)) wrong(`/${site}/`, `has no page at ${pattern}`);
      else chosen.add(address ?? `${origin}/${site}/${pattern}`);
    }
  }
  for (const part of ["revue/briefs/", "revue/en/briefs/"]) chosen.add(richest(pages, part)[0]);
  return [...chosen];
}

function richest(pages, part) {
  const briefs = [...pages].filter(([address]) => address.startsWith(`${origin}/${part}`));
  return briefs.sort(([, a], [, b]) => b.features - a.features).map(([address]) => address);
}

async function checkAccessibility(addresses) {
  const { page, close } = await open({});
  figures.axe = 0;
  for (const address of addresses) {
    await page.goto(address);
    await page.evaluate(axe);
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    const views = address.startsWith(`${origin}/revue/`) ? VIEWS : LAYOUTS;
    for (const view of views) await checkView(page, view);
  }
  await close();
}

async function checkView(page, { width, colorScheme }) {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme });
  await audit(page, `${width} pixels, ${colorScheme}`);
}

// What axe finds in the page as it is shown, and whether it is too wide.
async function audit(page, view) {
  const { overflow, violations } = await page.evaluate(async () => ({
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    violations: (await axe.run(document, {
      resultTypes: ["violations"],
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      rules: { "color-contrast-enhanced": { enabled: true } },
    })).violations.map(({ id, nodes }) => `${id} at ${nodes[0].target} (${nodes[0].failureSummary})`),
  }));
  figures.axe += 1;
  if (overflow > 0) wrong(page.url(), `${view}: is ${overflow} pixels too wide`);
  for (const violation of violations) wrong(page.url(), `${view}: ${violation}`);
}

// A redirect is gone before one can look: what it leads to answers that there is nothing new to show.
async function checkRedirect(pages) {
  const redirects = [...pages].filter(([, { movedTo }]) => movedTo);
  if (redirects.length === 0) return wrong("/revue/", "has no redirect to look at");
  const [address, { movedTo }] = redirects[0];
  const { page, close } = await open({});
  await page.route(new URL(movedTo, address).href, (route) => route.fulfill({ status: 204 }));
  await page.goto(address);
  await page.evaluate(axe);
  for (const view of VIEWS) await checkView(page, view);
  await page.unrouteAll();
  await page.goto(address);
  await page.waitForURL(new URL(movedTo, address).href);
  await close();
}

// Without scripts: a call leads to its note, and the note back to the call.
async function checkNotes(pages) {
  const { page, close } = await open({ javaScriptEnabled: false });
  const notes = [...pages.keys()].filter((address) => /hostile\/(ar\/briefs\/.*|briefs\/notes\/|briefs\/tout\/)$/.test(address));
  for (const address of [...richest(pages, "revue/briefs/").slice(0, 2), richest(pages, "revue/en/briefs/")[0], ...notes]) {
    await page.goto(address);
    const calls = page.locator(".text .call a");
    for (const call of [calls.first(), calls.last()]) {
      const [id, note] = [await call.getAttribute("id"), (await call.getAttribute("href")).slice(1)];
      await call.click();
      await expectTarget(page, note);
      await page.locator(`[role="doc-backlink"][href=${quoted(`#${id}`)}]`).click();
      await expectTarget(page, id);
    }
  }
  await close();
}

// Without scripts: a brief's reference opens, and each of its files is saved as it reads.
async function checkCiteFiles(pages) {
  const { page, close } = await open({ javaScriptEnabled: false });
  const hostile = [...pages.keys()].filter((address) => /hostile\/(ar\/briefs\/.*|briefs\/(tout|mots)\/)$/.test(address));
  figures.saved = 0;
  for (const address of [richest(pages, "revue/briefs/")[0], richest(pages, "revue/en/briefs/")[0], ...hostile]) {
    await page.goto(address);
    await page.locator(".cite-files summary").click();
    for (const figure of await page.locator(".cite-files figure").all()) {
      const link = figure.locator("a[download]");
      const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
      const name = await link.getAttribute("download");
      if (download.suggestedFilename() !== name) wrong(address, `saves ${download.suggestedFilename()}, not ${name}`);
      const saved = await readFile(await download.path(), "utf8");
      if (saved !== (await figure.locator("code").textContent())) wrong(address, `saves in ${name} what it does not show`);
      figures.saved += 1;
    }
  }
  if (figures.saved !== 10) wrong(origin, `saved ${figures.saved} files, not 10`);
  await close();
}

function quoted(text) {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

async function expectTarget(page, id) {
  const target = await page.evaluate(() => {
    const element = document.querySelector(":target");
    const box = element?.getBoundingClientRect();
    return element && { id: element.id, shown: box.top >= 0 && box.top < innerHeight };
  });
  if (target?.id !== decodeURIComponent(id)) wrong(page.url(), `${target?.id} is the target, not ${id}`);
  else if (!target.shown) wrong(page.url(), `${id} is the target, and out of sight`);
}

// On paper there is nothing to click.
async function checkPrint(addresses) {
  const { page, close } = await open({});
  await page.emulateMedia({ media: "print" });
  for (const address of addresses.filter((address) => address.includes("/briefs/"))) {
    await page.goto(address);
    for (const selector of ["[role=doc-backlink]", ".masthead-nav", ".skip", ".neighbours", ".pagination", ".cite-files"]) {
      if (await page.locator(selector).first().isVisible()) wrong(address, `prints ${selector}`);
    }
    if (!(await page.locator("h1").isVisible())) wrong(address, "does not print its title");
  }
  await close();
}

// Read from a disk, by clicks alone.
async function checkFiles() {
  const { page, close } = await open({ viewport: { width: 1280, height: 800 } });
  await page.goto(pathToFileURL(join(onDisk, "index.html")).href);
  for (const selector of [".country-list a", ".entry-title a"]) {
    await page.locator(selector).first().click();
    await page.waitForLoadState();
    const file = relative(resolve(onDisk), decodeURIComponent(new URL(page.url()).pathname));
    if (!file.endsWith("index.html")) wrong(page.url(), "is not a file");
    const styled = await page.evaluate(() => getComputedStyle(document.querySelector("main")).maxWidth !== "none");
    if (!styled) wrong(page.url(), "has no style sheet");
  }
  if ((await page.locator("article.brief").count()) !== 1) wrong(page.url(), "is not a brief");
  await close();
}
