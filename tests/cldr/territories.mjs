// Writes territories.tsv: what CLDR calls the countries and territories of ISO 3166-1, and Kosovo.
// usage: node territories.mjs DIRECTORY > territories.tsv
// where DIRECTORY is node_modules/cldr-localenames-full

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [directory] = process.argv.slice(2);
if (!directory) {
  console.error('usage: node territories.mjs node_modules/cldr-localenames-full > territories.tsv');
  process.exit(2);
}

const LANGUAGES = ['fr', 'en', 'es', 'de', 'it', 'pl'];
// Named in CLDR, with two letters, but no entries of ISO 3166-1: reserved codes, groups of states, and pseudo-locales.
const NOT_OF_ISO = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);
const COUNT = 249 + 1;

const read = (...path) => JSON.parse(readFileSync(join(directory, ...path), 'utf8'));
const territories = Object.fromEntries(
  LANGUAGES.map((language) => {
    const { main } = read('main', language, 'territories.json');
    return [language, main[language].localeDisplayNames.territories];
  }),
);

const clean = (name) => name.replaceAll("'", '’').replaceAll('\u00a0', ' ');
const alternatives = (language, code) =>
  Object.entries(territories[language])
    .filter(([key]) => key.startsWith(`${code}-alt-`))
    .map(([, name]) => clean(name))
    .join(' | ');

const codes = Object.keys(territories.en).filter((key) => /^[A-Z]{2}$/.test(key) && !NOT_OF_ISO.has(key)).sort();
if (codes.length !== COUNT) throw new Error(`${codes.length} codes instead of ${COUNT}: look at NOT_OF_ISO`);

const columns = LANGUAGES.flatMap((language) => {
  const name = [language, (code) => clean(territories[language][code])];
  const others = [`${language}-alt`, (code) => alternatives(language, code)];
  return [name, others];
});
const rows = [
  [`# CLDR ${read('package.json').version}, names of territories. SPDX-License-Identifier: Unicode-3.0, see LICENSE-Unicode-3.0`],
  ['code', ...columns.map(([head]) => head)],
  ...codes.map((code) => [code, ...columns.map(([, cell]) => cell(code))]),
];
process.stdout.write(rows.map((row) => `${row.join('\t')}\n`).join(''));
