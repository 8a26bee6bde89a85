// Makes src/atlas/outline/outlines.txt from Natural Earth, as README.md says.
//
// A publication on international affairs cannot print Natural Earth as it is: it draws who holds the ground. Where the
// General Assembly of the United Nations or the Security Council has said whose a territory is, we draw that; elsewhere we
// leave what Natural Earth has. Each departure stands below, with its reason.

import { readFileSync, writeFileSync } from "node:fs";
import clipping from "polygon-clipping";
import { feature, mergeArcs } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify, sphericalRingArea, sphericalTriangleArea } from "topojson-simplify";

/** Steps of the grid in a degree: 0.01° is 1.1 km at most, half a pixel of the nearest map. */
const GRID = 100;
/** A point matters if the triangle it makes with its neighbours has this part of the entity's area, */
const DETAIL = 8.5e-5;
/** but not less, nor more, than so many km²: large countries are seen from afar. */
const [FINEST, COARSEST] = [16, 250];
/** Where more is needed: the line of 1949 parts Jerusalem. */
const FINER = { PS: 1 };
/** On outlines of little islands a point matters from this part of the island's area. */
const SHARE = 0.05;
/** An island is kept from so many times what a point matters from; an entity's largest always. */
const ISLAND = 4;
/** Where the world is cut open: in the Bering Strait, between Alaska and Chukotka, which no polygon but Antarctica crosses. */
const SEAM = -169;

const KM2 = 6371 ** 2;
const here = (path) => new URL(path, import.meta.url);
const read = (path) => readFileSync(here(path), "utf8");

// Names of Natural Earth that have no number of ISO 3166, or the number of another.
const NAMED = {
  "Kosovo": ["XK", "Has no ISO code; XK is what the atlas calls it."],
  "Somaliland": ["SO", "The United Nations count it as Somalia."],
  "N. Cyprus": ["CY", "Security Council resolutions 541 (1983) and 550 (1984)."],
  "Cyprus U.N. Buffer Zone": ["CY", "The United Nations patrol it; it is the Republic's."],
  "Akrotiri": ["CY", "A British base area without a code; too small to be told apart here."],
  "Dhekelia": ["CY", "As Akrotiri."],
  "USNB Guantanamo Bay": ["CU", "Leased from Cuba, which is sovereign there."],
  "Baikonur": ["KZ", "Leased by Russia from Kazakhstan, which is sovereign there."],
  "Siachen Glacier": ["IN", "Held by India, claimed by Pakistan; drawn, as all Kashmir is, along the line of control."],
  "Ashmore and Cartier Is.": ["AU", "An Australian territory without a code."],
  "Coral Sea Is.": ["AU", "An Australian territory without a code."],
  "Clipperton I.": [null, "French, without a code, and far too small to draw."],
  "Spratly Is.": [null, "Claimed by six; dots that a map of a country can leave out."],
  "Scarborough Reef": [null, "As the Spratly Islands."],
  "Bajo Nuevo Bank": [null, "Claimed by four; a reef."],
  "Serranilla Bank": [null, "As Bajo Nuevo."],
};

// Polygons that Natural Earth counts to another. Boxes are west, south, east, north, from the seam eastwards.
const MOVED = [
  ["RU", "UA", [32.4, 44.3, 36.7, 46.3], "Crimea is Ukraine: General Assembly resolution 68/262."],
  ["FR", "GF", [-54.7, 2, -51.5, 6], "French overseas departments have codes, and entries in the atlas."],
  ["FR", "GP", [-61.9, 15.8, -60.9, 16.6], "As French Guiana."],
  ["FR", "MQ", [-61.3, 14.3, -60.7, 15], "As French Guiana."],
  ["FR", "RE", [55, -21.5, 56, -20.8], "As French Guiana."],
  ["FR", "YT", [44.9, -13.1, 45.4, -12.6], "As French Guiana."],
  ["NL", "BQ", [-69, 12, -68, 12.5], "Bonaire: the Caribbean Netherlands have a code."],
  ["NL", "BQ", [-63.4, 17.4, -62.9, 17.7], "Sint Eustatius and Saba."],
  ["NO", "SJ", [7, 74, 36, 81], "Svalbard, which has a code with Jan Mayen."],
  ["NO", "SJ", [-10, 70, -7, 72], "Jan Mayen."],
  ["NO", "BV", [2, -56, 5, -53], "Bouvet has a code."],
  ["NZ", "TK", [187, -10, 189, -8], "Tokelau has a code."],
  ["Indian Ocean Ter.", "CC", [96, -13, 97, -11], "Natural Earth has the two Australian territories as one."],
  ["Indian Ocean Ter.", "CX", [105, -11, 106, -10], "As the Cocos Islands."],
];

// The western edge of the Golan, from north to south: the boundary of 1923 as far as the lake, its shore, the foot of the
// cliffs and the Yarmouk. Traced by hand, to a kilometre. Its ends are drawn to the nearest corner of a neighbour, so that
// the neighbour's border has no corner that its own outline lacks.
const GOLAN = [
  [35.623, 33.272], [35.64, 33.25], [35.683, 33.245], [35.665, 33.19], [35.652, 33.12], [35.638, 33.06], [35.63, 33.01],
  [35.634, 32.95], [35.62, 32.89], [35.645, 32.862], [35.652, 32.82], [35.668, 32.78], [35.685, 32.73], [35.67, 32.685],
];

main();

function main() {
  const entities = assigned(polygons());
  cut(entities, "MA", "EH", south(entities), "Western Sahara is whole, on either side of the berm: on the list of "
    + "non-self-governing territories since 1963, and occupied in the words of General Assembly resolution 34/37 (1979).");
  cut(entities, "IL", "SY", golan(entities), "The Golan is Syria: Security Council resolution 497 (1981).");
  const world = simplified(joined(entities));
  writeFileSync(here("../../src/atlas/outline/outlines.txt"), written(world, places()));
}

/** Every polygon of Natural Earth, with the number and the name it gives it. */
function polygons() {
  const atlas = JSON.parse(read("node_modules/world-atlas/countries-10m.json"));
  return feature(atlas, atlas.objects.countries).features.flatMap(({ id, properties, geometry }) => {
    const several = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return several.map((rings) => ({ number: id, name: properties.name, rings: placed(rings) }));
  });
}

/**
 * A polygon whose longitudes run on across 180° and begin at the seam: 27° to 190° for Russia. Natural Earth has Russia and
 * Fiji in halves, whose corners on 180° agree to a hundredth of a degree only.
 */
function placed(rings) {
  const agreed = rings.map((ring) => ring.map(([x, y]) => (Math.abs(x) === 180 ? [x, Math.round(y * 100) / 100] : [x, y])));
  const unwound = agreed.map(unwind);
  const [west, , east] = box(unwound[0]);
  if (east - west > 359) return [polar(unwound[0])];
  const middle = (west + east) / 2;
  const turn = middle < SEAM ? 360 : middle >= SEAM + 360 ? -360 : 0;
  // Rounded, since a number that was turned and turned back is no more the one that a neighbour has.
  const turned = (ring) => ring.map(([x, y]) => [Math.round((x + turn) * 1e6) / 1e6, y]);
  return unwound.map((ring) => turned(ring).filter((point, at, all) => !same(point, all[at - 1])));
}

/** A line without leaps: where it crosses 180°, its longitudes run on. */
function unwind(line) {
  let turns = 0;
  return line.map(([x, y], at) => {
    const step = at === 0 ? 0 : x - line[at - 1][0];
    if (Math.abs(step) > 180) turns -= 360 * Math.sign(step);
    return [x + turns, y];
  });
}

/**
 * The coast round the South Pole as a polygon of the plane: opened where it meets the seam, furthest south if more than once,
 * and closed along the pole.
 */
function polar(ring) {
  const coast = ring.slice(1).map(([x, y]) => [x > 180 ? x - 360 : x < -180 ? x + 360 : x, y]);
  const near = coast.filter(([x]) => Math.abs(x - SEAM) < 0.2);
  const at = coast.indexOf(near.reduce((a, b) => (a[1] < b[1] ? a : b)));
  const opened = unwind([...coast.slice(at), ...coast.slice(0, at + 1)]);
  return [...opened, [opened.at(-1)[0], -90], [opened[0][0], -90], opened[0]];
}

/** The polygons by code, as we count them. */
function assigned(all) {
  const codes = numbers();
  const entities = {};
  for (const { number, name, rings } of all) {
    const own = name in NAMED ? NAMED[name][0] : (codes[number] ?? name);
    const move = MOVED.find(([from, , bounds]) => from === own && within(box(rings[0]), bounds));
    const code = move ? move[1] : own;
    if (code === null) continue;
    if (code.length !== 2) throw new Error(`whose is ${name}?`);
    (entities[code] ??= []).push(rings);
  }
  for (const [, to] of MOVED) if (!entities[to]) throw new Error(`nothing was moved to ${to}`);
  return entities;
}

/** Alpha-2 codes by number, from the table of the atlas. */
function numbers() {
  const rows = read("../../src/atlas/world.toml").matchAll(/^\[(..)\]\nkind.*\nalpha3.*\nnumeric = "(\d+)"/gm);
  return Object.fromEntries([...rows].map(([, code, number]) => [number, code]));
}

/** Gives `to` what `from` has inside `area`. The reason is for the reader. */
function cut(entities, from, to, area, _reason) {
  const near = Object.values(entities).flat(2).filter((ring) => overlap(box(ring), box(entities[from].flat(2)))).flat();
  const [inside, outside] = [clipping.intersection(entities[from], [area]), clipping.difference(entities[from], [area])];
  if (inside.length === 0) throw new Error(`${from} has nothing to give to ${to}`);
  const corners = [...near, ...inside.flat(2)];
  entities[from] = cornered(outside, corners);
  entities[to].push(...cornered(inside, corners));
}

/** Polygons with each of these corners that lies on a side: cutting leaves out those in a straight line, neighbours do not. */
function cornered(polygons, corners) {
  const on = (a, b) => ([x, y]) => {
    const [dx, dy, px, py] = [b[0] - a[0], b[1] - a[1], x - a[0], y - a[1]];
    const along = (px * dx + py * dy) / (dx * dx + dy * dy);
    return along > 1e-9 && along < 1 - 1e-9 && Math.abs(px * dy - py * dx) < 1e-9;
  };
  const side = (a, b) => [a, ...corners.filter(on(a, b)).sort((c, d) => distance(a, c) - distance(a, d))];
  const ring = (points) => [...points.slice(1).flatMap((b, at) => side(points[at], b)), points[0]];
  return polygons.map((rings) => rings.map((points) => ring(points).filter((point, at, all) => !same(point, all[at - 1]))));
}

/** All that is south of the northernmost corner of Western Sahara, on which its boundary with Morocco runs. */
function south(entities) {
  const north = Math.max(...entities.EH.flat(2).map(([, lat]) => lat));
  return rectangle([-20, 20, -8, north]);
}

function golan(entities) {
  const line = [...GOLAN];
  for (const [end, neighbour] of [[0, "LB"], [line.length - 1, "JO"]]) {
    const corners = entities[neighbour].flat(2).filter((corner) => entities.IL.flat(2).some((own) => same(corner, own)));
    line[end] = corners.sort((a, b) => distance(a, line[end]) - distance(b, line[end]))[0];
  }
  const north = [line[0][0], 34];
  return [north, ...line, [line.at(-1)[0], 32.6], [36.5, 32.6], [36.5, 34], north];
}

/**
 * One shape for each entity, of arcs that neighbours share; borders inside an entity are gone. A little enclave that is not
 * kept leaves no hole in the land round it.
 */
function joined(entities) {
  const left = new Set();
  const kept = Object.entries(entities).map(([code, several]) => {
    const areas = several.map(area);
    const least = Math.min(ISLAND * detail(code, sum(areas)), Math.max(...areas));
    several.filter((_, at) => areas[at] < least).forEach(([outer]) => left.add(String(box(outer))));
    return [code, several.filter((_, at) => areas[at] >= least)];
  });
  const whole = (rings) => wound(rings.filter((ring) => !left.has(String(box(ring)))));
  const objects = Object.fromEntries(kept.map(([code, several]) => {
    return [code, { type: "MultiPolygon", coordinates: several.map(whole) }];
  }));
  const parts = topology(objects);
  return topology(Object.fromEntries(Object.keys(objects).map((code) => {
    const polygons = parts.objects[code].arcs.map((arcs) => ({ type: "Polygon", arcs }));
    return [code, feature(parts, mergeArcs(parts, polygons)).geometry];
  })));
}

/** With as many points as a map can show. An arc is as fine as the finer of those who share it wants it. */
function simplified(world) {
  const enough = new Array(world.arcs.length).fill(Infinity);
  for (const [code, shape] of Object.entries(world.objects)) {
    const polygons = arcsOf(shape);
    const areas = polygons.map((arcs) => area(feature(world, { type: "Polygon", arcs }).geometry.coordinates));
    const most = detail(code, sum(areas));
    polygons.forEach((rings, at) => rings.flat().map(index).forEach((arc) => {
      enough[arc] = Math.min(enough[arc], most, SHARE * areas[at]);
    }));
  }
  const weighed = presimplify(world, sphericalTriangleArea);
  weighed.arcs.forEach((arc, at) => arc.forEach((point) => point[2] *= KM2 / enough[at]));
  // On the sphere, the corners by which Antarctica is closed are nothing, and neither is the way to them.
  const closing = (arc, at) => arc.slice(Math.max(at - 1, 0), at + 2).some(([, y]) => y === -90);
  weighed.arcs.forEach((arc) => arc.forEach((point, at) => { if (closing(arc, at)) point[2] = Infinity; }));
  return simplify(weighed, 1);
}

/** From how many km² a point matters on the outline of an entity of this area. */
function detail(code, area) {
  return FINER[code] ?? Math.min(Math.max(DETAIL * area, FINEST), COARSEST);
}

/** The text of the file. */
function written(world, marks) {
  const lines = world.arcs.map(grid);
  const numbers = new Map();
  const number = (arc) => {
    if (!numbers.has(index(arc))) numbers.set(index(arc), numbers.size + 1);
    return numbers.get(index(arc)) * (arc < 0 ? -1 : 1);
  };
  const ring = (arcs) => (sum(arcs.map((arc) => lines[index(arc)].length - 1)) < 3 ? [] : [arcs.map(number).join(" ")]);
  const shapes = Object.keys(marks).sort().map((code) => {
    const polygons = arcsOf(world.objects[code]).map((rings) => rings.flatMap(ring).join(" / "));
    return [code, ...marks[code], ...polygons.filter((text) => text !== "").map((text) => `| ${text}`)].join(" ");
  });
  const arcs = [...numbers.keys()].map((arc) => differences(lines[arc]));
  return `${read("head.txt")}\narcs ${arcs.length}\n${arcs.join("\n")}\n\nshapes ${shapes.length}\n${shapes.join("\n")}\n`;
}

/** An arc on the grid, without points that fall together. */
function grid(arc) {
  const points = arc.map((point) => point.slice(0, 2).map((degrees) => Math.round(degrees * GRID)));
  return points.filter((point, at) => !same(point, points[at - 1]));
}

function differences(points) {
  return points.map(([x, y], at) => (at === 0 ? `${x} ${y}` : `${x - points[at - 1][0]} ${y - points[at - 1][1]}`)).join(" ");
}

/** Longitude and latitude of each mark, on the grid. */
function places() {
  const rows = read("places.tsv").split("\n").filter((line) => line && !line.startsWith("#"));
  return Object.fromEntries(rows.map((row) => {
    const [code, lat, lon] = row.split("\t");
    const x = Number(lon) < SEAM ? Number(lon) + 360 : Number(lon);
    return [code, [Math.round(x * GRID), Math.round(Number(lat) * GRID)]];
  }));
}

/** The polygons of a shape, each as rings of arcs. */
function arcsOf(shape) {
  return shape.type === "Polygon" ? [shape.arcs] : shape.arcs;
}

/** Where an arc stands, whichever way it is run through. */
function index(arc) {
  return arc < 0 ? ~arc : arc;
}

/** The outer ring clockwise, holes against it, as topojson wants them. */
function wound(rings) {
  return rings.map((ring, at) => (clockwise(ring) === (at === 0) ? ring : ring.toReversed()));
}

function clockwise(ring) {
  return ring.reduce((sum, [x, y], at) => sum + (at === 0 ? 0 : (x - ring[at - 1][0]) * (y + ring[at - 1][1])), 0) > 0;
}

/** Of a polygon, in km². */
function area(rings) {
  const [outer] = wound(rings.slice(0, 1));
  return sphericalRingArea(outer, false) * KM2;
}

function box(ring) {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return [xs.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.min(a, b)),
    xs.reduce((a, b) => Math.max(a, b)), ys.reduce((a, b) => Math.max(a, b))];
}

function within([west, south, east, north], [w, s, e, n]) {
  return west >= w && south >= s && east <= e && north <= n;
}

function overlap([west, south, east, north], [w, s, e, n]) {
  return west <= e && w <= east && south <= n && s <= north;
}

function rectangle([w, s, e, n]) {
  return [[w, s], [e, s], [e, n], [w, n], [w, s]];
}

function same(a, b) {
  return b !== undefined && a[0] === b[0] && a[1] === b[1];
}

function sum(numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}

function distance(a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
