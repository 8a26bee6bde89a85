// node serving.mjs URL ROOT CHROMIUM [PICTURES]
//
// Opens the site that is served at URL, edits the files of its folder ROOT, and looks at what the open page does. Prints each
// thing that is wrong; fails if there is any. With PICTURES, the panel is photographed into that folder.

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [url, root, executablePath, pictures] = process.argv.slice(2);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const faults = [];
const wrong = (what) => faults.push(what);
const expect = (is, what) => is || wrong(what);

const BRIEF = join(root, "content/2024-01-01-long.md");
const OTHER = join(root, "content/2024-01-02-autre.md");
const STYLE = join(root, "static/courrier.css");
const good = await readFile(BRIEF, "utf8");
const style = await readFile(STYLE, "utf8");

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
page.on("pageerror", (error) => wrong(`the page throws ${error}`));
page.on("console", (message) => message.type() === "error" && !/503|404/.test(message.text()) && wrong(`the console says ${message.text()}`));
await page.goto(new URL("briefs/long/", url).href);

// A mark that a reload takes away.
const mark = () => page.evaluate(() => void (window.mark = true));
const isMarked = () => page.evaluate(() => window.mark === true);
const until = (test, argument) => page.waitForFunction(test, argument, { timeout: 30_000 });
const panel = () => page.locator("depeche-panel details");

// The page is loaded again where it stood.
await mark();
await page.evaluate(() => scrollTo(0, 1500));
await page.waitForTimeout(100);
const before = await page.evaluate(() => scrollY);
await writeFile(BRIEF, good.replace("La fin.", "Une autre fin."));
await until(() => window.mark === undefined && document.body.innerText.includes("Une autre fin."));
await page.waitForLoadState("load");
await until((before) => scrollY === before, before).catch(() => wrong("the page does not stay where it was scrolled to"));

// What is not on it leaves it alone; a style sheet is exchanged.
await mark();
await page.evaluate(() => scrollTo(0, 700));
await writeFile(OTHER, (await readFile(OTHER, "utf8")).replace("Un texte.", "Un texte changé."));
await writeFile(STYLE, `${style}\nbody { outline: 3px solid rgb(1, 2, 3) }\n`);
await until(() => getComputedStyle(document.body).outlineColor === "rgb(1, 2, 3)");
expect(await isMarked(), "a style sheet reloads the page");
expect((await page.evaluate(() => scrollY)) === 700, "a style sheet moves the page");
await writeFile(STYLE, style);
await until(() => getComputedStyle(document.body).outlineColor !== "rgb(1, 2, 3)");
expect(await isMarked(), "the second style sheet reloads the page");
expect((await page.locator('link[rel="stylesheet"]').count()) === 1, "style sheets pile up");

// A mistake is told over the page, which stays.
await writeFile(BRIEF, good.replace("La fin.", "La fin[^absente], au <b>Kazakstan</b>.").replace('"AM"', '"Kazakstan"'));
await panel().waitFor({ timeout: 30_000 });
expect(await isMarked(), "a mistake reloads the page");
expect(await panel().evaluate((it) => it.open), "the panel is folded");
const said = await panel().innerText();
for (const words of ["2 errors", "no note is called absente", "no country is called Kazakstan", "content/2024-01-01-long.md:"]) {
  expect(said.includes(words), `the panel does not say "${words}":\n${said}`);
}
const body = await page.locator("main").innerText();
expect(body.includes("Une autre fin.") && !body.includes("Kazakstan"), "the page under the panel is not the last good one");

// Its parts are as accessible as pages are, in both schemes, wide and narrow.
await page.evaluate(axe);
for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [[1280, 800], [360, 640]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    const { violations } = await page.evaluate(() => axe.run("depeche-panel"));
    for (const { id, nodes } of violations) wrong(`${colorScheme}, ${width} pixels: ${id}: ${nodes.map((node) => node.target).join("; ")}`);
    const overflows = await panel().evaluate((it) => it.scrollWidth > it.clientWidth);
    expect(!overflows, `${width} pixels: the panel is wider than the window`);
    const { top } = await panel().boundingBox();
    expect(!(top < height * 0.3), `${width} pixels: the panel leaves no room for the page`);
    if (pictures) await page.screenshot({ path: join(pictures, `panel-${colorScheme}-${width}.png`) });
  }
}
await page.setViewportSize({ width: 1280, height: 800 });

// The keyboard folds it, and it stays so on another page.
await panel().locator("summary").focus();
await page.keyboard.press("Enter");
expect(!(await panel().evaluate((it) => it.open)), "the keyboard does not fold the panel");
await page.goto(new URL("briefs/autre/", url).href);
await panel().waitFor();
expect(!(await panel().evaluate((it) => it.open)), "the panel unfolds itself on another page");
await panel().locator("summary").click();

// Its link shows the file at the line.
await panel().locator(".place a").last().click();
await page.waitForURL(/\.depeche\/source\/content\/2024-01-01-long\.md#line-\d+$/);
const target = await page.locator(":target").innerText();
expect(/Kazakstan|absente/.test(target), `the link leads to the line "${target}"`);
if (pictures) await page.screenshot({ path: join(pictures, "source.png") });
await page.goto(new URL("briefs/long/", url).href);
await panel().waitFor();

// It vanishes when all is mended.
await writeFile(BRIEF, good.replace("La fin.", "Une autre fin."));
await panel().waitFor({ state: "detached", timeout: 30_000 });
expect((await page.locator("main").innerText()).includes("Une autre fin."), "the mended page is another one");

// A page that nobody sees holds no connection, and catches up when it is shown.
const hide = (state) =>
  page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
await mark();
await hide("hidden");
await writeFile(BRIEF, good.replace("La fin.", "La toute dernière fin."));
await page.waitForTimeout(500);
expect(await isMarked(), "a page that nobody sees is loaded again");
await hide("visible");
await until(() => document.body.innerText.includes("La toute dernière fin."));

// Seven pages at once, of which a browser would let six listen.
const pages = [];
for (let number = 0; number < 7; number += 1) {
  pages.push(await context.newPage());
  await pages[number].goto(new URL("briefs/long/", url).href, { timeout: 30_000 }).catch(() => wrong(`page ${number} does not open`));
  await pages[number].evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

await browser.close();
if (faults.length > 0) {
  console.log(faults.join("\n"));
  process.exit(1);
}
