// Writes crates/reading/lexicons/demonyms.tsv from the npm package `world-countries`:
//   npm install world-countries@5.1.0 && node tools/make-demonyms.mjs > crates/reading/lexicons/demonyms.tsv
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
const require = createRequire(pathToFileURL(process.cwd() + "/"));
const countries = require("world-countries");
// Short names that the press writes and the package has not among its names.
const also = {
  US: ["US", "U.S.", "USA", "U.S.A.", "America"], GB: ["UK", "U.K.", "Britain", "Great Britain"], CD: ["Congo", "DRC"],
  AE: ["UAE", "U.A.E.", "Emirates"], KP: ["DPRK"], MM: ["Burma"], CZ: ["Czech Republic"], TR: ["Turkey"],
  MK: ["Macedonia"], NL: ["Holland"], VA: ["Holy See"],
};
const adjectives = {
  GB: ["British", "Briton"], FR: ["French"], ES: ["Spanish"], NL: ["Dutch"], DK: ["Danish"], SE: ["Swedish"], FI: ["Finnish"],
  PL: ["Polish"], TR: ["Turkish"], IE: ["Irish"], NZ: ["New Zealand"], TH: ["Thai"], IS: ["Icelandic"], PH: ["Philippine", "Filipino"],
  CH: ["Swiss"], RS: ["Serbian"], HR: ["Croatian"], SA: ["Saudi"], AE: ["Emirati"], AF: ["Afghan"], TW: ["Taiwanese"], SK: ["Slovak"],
  CZ: ["Czech"], SI: ["Slovenian"], KZ: ["Kazakh"], UZ: ["Uzbek"], TJ: ["Tajik"], TM: ["Turkmen"], KG: ["Kyrgyz"], AR: ["Argentinian"],
};
const capitals = { UA: ["Kiev"], US: ["Washington"] };
const uniq = (list) => [...new Set(list.filter((w) => w && !/\t/.test(w)))];
console.log("# Countries: name and short names; adjectives and peoples; capitals (lists split by semicolons).");
console.log("# Made by tools/make-demonyms.mjs from `world-countries` 5.1.0 (mledoze/countries), Open Database License 1.0;");
console.log("# a few short names and adjectives of the press are added by the script.");
for (const c of [...countries].sort((a, b) => (a.name.common < b.name.common ? -1 : 1))) {
  const names = uniq([c.name.common, ...(also[c.cca2] ?? [])]);
  const people = uniq([c.demonyms?.eng?.m, c.demonyms?.eng?.f, ...(adjectives[c.cca2] ?? [])]);
  const caps = uniq([...(c.capital ?? []), ...(capitals[c.cca2] ?? [])]);
  console.log([names.join(";"), people.join(";"), caps.join(";")].join("\t"));
}
