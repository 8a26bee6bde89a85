// How notes are read: beside their calls where the page has a margin.

const WIDE = { width: 1280, height: 800 };

export async function checkReading(house) {
  const notes = await checkMargins(house);
  const of = (part) => house.addresses.find((address) => address.startsWith(`${house.origin}/${part}`));
  const crowded = of("lecture/briefs/voisines/");
  await checkPolicy(house, crowded);
  await checkPaper(house, crowded);
  await checkWithoutScripts(house, crowded);
  return notes;
}

// The page, with all its images, which would move it when they come.
async function at({ open }, address, options = {}) {
  const { page, close } = await open({ viewport: WIDE, ...options });
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

async function expectTarget(page, wrong, call) {
  const note = (await call.getAttribute("href")).slice(1);
  const target = await page.evaluate(() => document.querySelector(":target")?.id);
  if (target !== note) wrong(page.url(), `${target} is the target, not ${note}`);
}

// Where a policy forbids styles in the page, the notes stay at the end.
async function checkPolicy({ browser, wrong }, address) {
  const page = await browser.newPage({ viewport: WIDE });
  await page.route(address, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'" };
    await route.fulfill({ response, headers });
  });
  await page.goto(address);
  const { last, foot, heading } = await page.evaluate(() => ({
    last: [...document.querySelectorAll(".notes > ol > li")].at(-1).getBoundingClientRect(),
    heading: getComputedStyle(document.querySelector(".notes > h2")).clipPath,
    foot: document.querySelector(".colophon").getBoundingClientRect(),
  }));
  if (last.width < 400 || last.bottom > foot.top || heading !== "none") wrong(address, "has no list of notes where styles are forbidden");
  await page.close();
}

// On paper the notes stand at the end, under their heading.
async function checkPaper(house, address) {
  const { page, close } = await at(house, address);
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
  const { page, close } = await at(house, address, { javaScriptEnabled: false });
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
