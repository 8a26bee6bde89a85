// How notes are read: beside their calls where the page has a margin, and elsewhere in previews.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

const NARROW = { width: 768, height: 800 };
const WIDE = { width: 1280, height: 800 };
// Longer than a preview takes to open or close.
const SETTLED = 400;
const OPEN = ".note-body:popover-open";

export async function checkReading(house) {
  const notes = await checkMargins(house);
  const of = (part) => house.addresses.find((address) => address.startsWith(`${house.origin}/${part}`));
  const [own, arabic, crowded] = [of("revue/briefs/"), of("hostile/ar/briefs/"), of("lecture/briefs/voisines/")];
  for (const address of [own, arabic, crowded]) {
    await checkMouse(house, address);
    await checkKeyboard(house, address);
  }
  await checkDismissal(house, crowded);
  await checkFollowing(house, of("lecture/a-propos/"));
  await checkLongNotes(house, crowded);
  await checkMarks(house, crowded);
  await checkPolicy(house, crowded);
  await checkTouch(house, crowded);
  await checkPaper(house, crowded);
  await checkWithoutScripts(house, crowded);
  await checkPreviewsAccessible(house, [own, crowded]);
  await checkFromDisk(house, own);
  return notes;
}

// The page, with all its images, which would move it when they come.
async function at({ open }, address, options = {}) {
  const { page, close } = await open({ viewport: NARROW, ...options });
  await page.goto(address);
  await page.evaluate(() => Promise.all([...document.images].map((image) => {
    image.loading = "eager";
    return image.decode();
  })));
  return { page, close };
}

// Wherever there is a margin, each note of every page stands in it, beside its call or just below the note above, and on
// nothing else.
async function checkMargins({ open, wrong, addresses }) {
  let notes = 0;
  for (const width of [1200, 1600]) {
    const { page, close } = await open({ viewport: { width, height: 900 } });
    for (const address of addresses) {
      await page.goto(address);
      const { count, problems } = await page.evaluate(lookAtMargin);
      notes += count;
      for (const problem of problems.slice(0, 5)) wrong(address, `at ${width} pixels, ${problem}`);
    }
    await close();
  }
  return notes;
}

// What is wrong with a page's margin, as seen from inside it.
function lookAtMargin() {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const box = (element) => element.getBoundingClientRect();
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const notes = all("[role=doc-endnotes] > ol > li");
  const others = textOutsideNotes().concat(all("img, pre, .table, .embed").filter((it) => !it.closest(".notes")).map(box));
  const foot = box(document.querySelector(".colophon"));
  const problems = [];
  let above;
  for (const [index, note] of notes.entries()) {
    const place = box(note);
    const wrong = (what) => problems.push(`note ${index + 1} ${what}`);
    const calls = all("[role=doc-backlink]", note).map((link) => document.getElementById(link.getAttribute("href").slice(1)));
    const beside = calls[0] && Math.abs(place.top - box(calls[0]).top) <= 8;
    const below = above && place.top >= above.bottom && place.top - above.bottom <= 8;
    if (getComputedStyle(note).position !== "absolute") wrong("is not in the margin");
    if (!beside && !below) wrong(`stands at ${place.top}, its call at ${box(calls[0]).top}, the note above ends at ${above?.bottom}`);
    if (calls[0] && place.top < box(calls[0]).top - 8 && !calls[0].closest(".notes")) wrong("stands above its call");
    if (above && place.top < above.bottom) wrong("covers the note above");
    if (place.left < 0 || place.right > innerWidth) wrong("leaves the page");
    // A call's target is wider than its number.
    if (note.scrollWidth > note.clientWidth + 12) wrong("is wider than the margin");
    if (place.bottom > foot.top) wrong("reaches the foot of the page");
    if (others.some((other) => meet(place, other))) wrong("covers something, or is covered");
    above = place;
  }
  if (document.documentElement.scrollHeight < foot.bottom + scrollY - 1) problems.push("the foot of the page is out of reach");
  return { count: notes.length, problems };

  function textOutsideNotes() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (!textContent.trim() || parentElement.closest(".notes, pre, .table, .visually-hidden, .skip, script")) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      found.push(...range.getClientRects());
    }
    return found;
  }
}

// The preview that is open: what it says, the call whose note it is, and whether it is seen whole and leaves the call free.
function preview() {
  const body = document.querySelector(".note-body:popover-open");
  if (!body) return null;
  const place = body.getBoundingClientRect();
  const id = body.closest("li").id;
  const calls = [...document.querySelectorAll(".call a")].filter((call) => call.getAttribute("href") === `#${id}`);
  const covers = calls.some((call) => {
    const { x, y, width, height } = call.getBoundingClientRect();
    return call.matches(":hover, :focus") && document.elementFromPoint(x + width / 2, y + height / 2) !== call;
  });
  const within = place.left >= 0 && place.right <= innerWidth && place.top >= 0 && place.bottom <= innerHeight;
  return { id, text: body.textContent.trim(), covers, within };
}

async function expectPreview(page, wrong, call, what) {
  await page.waitForTimeout(SETTLED);
  const shown = await page.evaluate(preview);
  const note = (await call.getAttribute("href")).slice(1);
  if (shown?.id !== note) wrong(page.url(), `${what}: the preview is ${shown?.id}, not ${note}`);
  else if (!shown.text) wrong(page.url(), `${what}: the preview of ${note} is empty`);
  else if (!shown.within) wrong(page.url(), `${what}: the preview of ${note} is not seen whole`);
  else if (shown.covers) wrong(page.url(), `${what}: the preview of ${note} covers its call`);
}

async function expectNone(page, wrong, what) {
  await page.waitForTimeout(SETTLED);
  const shown = await page.evaluate(preview);
  if (shown) wrong(page.url(), `${what}: the preview of ${shown.id} is open`);
  const left = await page.locator(".notes [popover], .notes [style]:not([style='']), .notes .called").count();
  if (left > 0) wrong(page.url(), `${what}: a note is not as it was`);
}

// Has the page note how long after the pointer came the preview opens.
function noteDelay(call) {
  call.addEventListener("pointerenter", ({ timeStamp: entered }) => {
    const opened = ({ newState, timeStamp }) => {
      if (newState === "open") window.delay = timeStamp - entered;
    };
    document.addEventListener("toggle", opened, { capture: true, once: true });
  }, { once: true });
}

// The preview opens after a moment, stays while the pointer is in it, and closes when it has left; the page does not move.
async function checkMouse(house, address) {
  const { wrong } = house;
  for (const viewport of [NARROW, { width: 320, height: 640 }]) {
    const { page, close } = await at(house, address, { viewport });
    const calls = page.locator(".text .call a");
    for (const call of [calls.first(), calls.last()]) {
      const height = () => page.evaluate(() => document.documentElement.scrollHeight);
      const before = await height();
      await call.evaluate(noteDelay);
      await call.hover();
      await expectPreview(page, wrong, call, "under the mouse");
      // Told by the page's own clock: however slow the machine, it can only be longer.
      if ((await page.evaluate(() => window.delay)) < 100) wrong(address, "opens a preview at once");
      if ((await height()) !== before) wrong(address, "is another height while a preview is open");
      const { x, y, width, height: high } = await page.locator(OPEN).boundingBox();
      await page.mouse.move(x + width / 2, y + high / 2, { steps: 4 });
      await expectPreview(page, wrong, call, "with the mouse in it");
      await page.mouse.move(1, 1);
      await expectNone(page, wrong, "when the mouse has left");
    }
    await calls.first().hover();
    await page.mouse.move(1, 1);
    await expectNone(page, wrong, "when the mouse has only passed");
    await close();
  }
}

// The same by keyboard: what the note holds is next to be reached, Escape closes it, Enter leads to the note.
async function checkKeyboard(house, address) {
  const { wrong } = house;
  const { page, close } = await at(house, address);
  const call = page.locator(".text .call a").first();
  const reach = async () => {
    await page.evaluate(() => document.activeElement.blur());
    await call.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
  };
  await reach();
  await expectPreview(page, wrong, call, "by keyboard");
  if (await page.locator(`${OPEN} a`).count()) {
    await page.keyboard.press("Tab");
    await expectPreview(page, wrong, call, "with the focus in it");
    const inside = await page.evaluate(() => document.activeElement.closest(".note-body") !== null);
    if (!inside) wrong(address, "the link in a preview is not the next to be reached");
  }
  await page.keyboard.press("Escape");
  await expectNone(page, wrong, "after Escape");
  const returned = await call.evaluate((element) => element === document.activeElement);
  if (!returned) wrong(address, "Escape does not lead back to the call");
  await reach();
  await expectPreview(page, wrong, call, "by keyboard again");
  await page.keyboard.press("Enter");
  await expectNone(page, wrong, "after Enter");
  await expectTarget(page, wrong, call);
  await reach();
  await page.keyboard.press("Enter");
  await expectNone(page, wrong, "after an Enter before the preview");
  await close();
}

async function expectTarget(page, wrong, call) {
  const note = (await call.getAttribute("href")).slice(1);
  const target = await page.evaluate(() => document.querySelector(":target")?.id);
  if (target !== note) wrong(page.url(), `${target} is the target, not ${note}`);
}

// Escape closes what the mouse has opened, which does not come back before the mouse has left; a click leads to the note.
async function checkDismissal(house, address) {
  const { wrong } = house;
  const { page, close } = await at(house, address);
  const call = page.locator(".text .call a").first();
  await call.hover();
  await expectPreview(page, wrong, call, "before Escape");
  await page.keyboard.press("Escape");
  await expectNone(page, wrong, "after Escape, under the mouse");
  await page.mouse.move(1, 1);
  await page.waitForTimeout(SETTLED);
  await call.hover();
  await expectPreview(page, wrong, call, "when the mouse has come back");
  await call.click();
  await expectNone(page, wrong, "after a click");
  await expectTarget(page, wrong, call);
  await page.locator(".text .call a").nth(3).hover();
  await page.waitForTimeout(SETTLED);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expectNone(page, wrong, "before printing");
  await page.locator("#ref-sous-2").hover();
  await expectNone(page, wrong, "over a note that calls itself");
  await close();
}

// Where the note is in sight a click moves nothing: the mouse is still on the call, and the note is read in its place.
async function checkFollowing(house, address) {
  const { wrong } = house;
  const { page, close } = await at(house, address);
  const call = page.locator(".text .call a").first();
  await call.hover();
  await expectPreview(page, wrong, call, "before a click");
  await call.click();
  await expectNone(page, wrong, "after a click that moves nothing");
  await expectTarget(page, wrong, call);
  await close();
}

// A note that is longer than the window scrolls in its preview, by keyboard too.
async function checkLongNotes(house, address) {
  const { wrong } = house;
  const { page, close } = await at(house, address, { viewport: { width: 320, height: 480 } });
  const call = page.locator("#ref-longue");
  await call.focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await expectPreview(page, wrong, call, "of a long note");
  await page.keyboard.press("Tab");
  await page.keyboard.press("End");
  await page.waitForTimeout(SETTLED);
  const scrolled = await page.locator(OPEN).evaluate((body) => body.scrollTop);
  if (!scrolled) wrong(address, "a long preview does not scroll by keyboard");
  await close();
}

// Where the note stands in the margin it is marked; where it is pushed out of sight there is a preview all the same, and no
// other note moves.
async function checkMarks(house, address) {
  const { wrong } = house;
  const { page, close } = await at(house, address, { viewport: WIDE });
  const places = () => page.evaluate(() => [...document.querySelectorAll(".notes > ol > li")].map((note) => note.offsetTop));
  const before = await places();
  const near = page.locator(".text .call a").first();
  await near.hover();
  await page.waitForTimeout(SETTLED);
  const marked = await page.evaluate(() => [...document.querySelectorAll(".called")].map((note) => `#${note.id}`));
  if (`${marked}` !== (await near.getAttribute("href"))) wrong(address, `${marked || "no note"} is marked`);
  if (await page.evaluate(preview)) wrong(address, "shows a preview of a note in the margin");
  await page.mouse.move(1, 1);
  await expectNone(page, wrong, "when the mouse has left a marked note's call");
  const far = page.locator("#ref-derniere");
  await far.hover();
  await expectPreview(page, wrong, far, "of a note far down the margin");
  if (`${await places()}` !== `${before}`) wrong(address, "a preview moves the notes of the margin");
  await close();
}

// Where a policy forbids styles in the page, the notes stay at the end and the preview still works.
async function checkPolicy({ browser, wrong }, address) {
  const page = await browser.newPage({ viewport: WIDE });
  await page.route(address, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'" };
    await route.fulfill({ response, headers });
  });
  await page.goto(address);
  const { last, foot, heading } = await page.evaluate(() => ({
    last: [...document.querySelectorAll(".notes > ol > li")].at(-1).getBoundingClientRect(),
    heading: getComputedStyle(document.querySelector(".notes > h2")).clipPath,
    foot: document.querySelector(".colophon").getBoundingClientRect(),
  }));
  if (last.width < 400 || last.bottom > foot.top || heading !== "none") wrong(address, "has no list of notes where styles are forbidden");
  const call = page.locator(".text .call a").first();
  await call.hover();
  await expectPreview(page, wrong, call, "where styles are forbidden");
  await page.close();
}

// A finger follows the link, and nothing else happens.
async function checkTouch(house, address) {
  const { wrong } = house;
  const { page, close } = await at(house, address, { hasTouch: true, isMobile: true });
  const call = page.locator(".text .call a").first();
  await call.tap();
  await expectNone(page, wrong, "after a tap");
  await expectTarget(page, wrong, call);
  await close();
}

// On paper the notes stand at the end, under their heading.
async function checkPaper(house, address) {
  const { page, close } = await at(house, address, { viewport: WIDE });
  await page.emulateMedia({ media: "print" });
  const { position, clip } = await page.evaluate(() => ({
    position: getComputedStyle(document.querySelector(".notes > ol > li")).position,
    clip: getComputedStyle(document.querySelector(".notes > h2")).clipPath,
  }));
  if (position !== "static" || clip !== "none") house.wrong(address, "prints no list of notes");
  await close();
}

// Without scripts the margin is the same, and calls and ways back lead where they should.
async function checkWithoutScripts(house, address) {
  const { wrong } = house;
  const { page, close } = await at(house, address, { viewport: WIDE, javaScriptEnabled: false });
  for (const id of ["longue", "derniere"]) {
    const call = page.locator(`#ref-${id}`);
    await call.click();
    await expectTarget(page, wrong, call);
    const note = page.locator(`#note-${id}`);
    const shown = await note.evaluate((element) => element.getBoundingClientRect().top < innerHeight);
    if (!shown) wrong(address, `note-${id} is out of sight`);
    await note.locator("[role=doc-backlink]").first().click();
    const target = await page.evaluate(() => document.querySelector(":target")?.id);
    if (target !== `ref-${id}`) wrong(address, `the way back leads to ${target}`);
  }
  await close();
}

// axe finds nothing with a preview open, nor with a note of the margin marked.
async function checkPreviewsAccessible(house, addresses) {
  const { audit, axe } = house;
  for (const address of addresses) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, close } = await at(house, address, { colorScheme });
      await page.evaluate(axe);
      for (const width of [320, 768, 1280, 1600]) {
        await page.setViewportSize({ width, height: 800 });
        await page.mouse.move(1, 1);
        await page.waitForTimeout(SETTLED);
        await page.locator(".text .call a").first().hover();
        await page.waitForTimeout(SETTLED);
        if ((await page.locator(`${OPEN}, .called`).count()) !== 1) house.wrong(address, `at ${width} pixels nothing is shown`);
        await audit(page, `a note shown at ${width} pixels, ${colorScheme}`);
      }
      await close();
    }
  }
}

// Read from a disk, previews work as well.
async function checkFromDisk({ open, wrong, onDisk }, address) {
  const path = decodeURIComponent(new URL(address).pathname).replace(/^\/revue\//, "");
  const { page, close } = await open({ viewport: NARROW });
  await page.goto(pathToFileURL(join(onDisk, path, "index.html")).href);
  const call = page.locator(".text .call a").first();
  await call.hover();
  await expectPreview(page, wrong, call, "from a disk");
  await close();
}
