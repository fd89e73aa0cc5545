// SPDX-FileCopyrightText: 2026 The Samenspel contributors
// SPDX-License-Identifier: EUPL-1.2
// Makes the two committed stylesheets of NL Design System from the packages in package.json:
//   nlds.css             all components we use, minified
//   theme-voorbeeld.css  the tokens of the Voorbeeld theme that those components and samenspel.css need, and no others
// Usage: npm install --no-package-lock && npm run build      (only after changing package.json or samenspel.css)

// The notices below are for the files made here, not for this one. REUSE-IgnoreStart

import { readFileSync, writeFileSync, readdirSync, existsSync } from "node:fs";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { transform } from "lightningcss";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "..", "..", "samenspel", "platform", "ui", "static", "ui");
const wanted = Object.entries(JSON.parse(readFileSync(join(here, "package.json"), "utf8")).devDependencies);
const TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens";

// What these parts of a component are for is never used here: they only make the page heavier.
const UNUSED = /\.nl-(button|link)--(active|hover|focus-visible|zoom-200)-test|--busy|-test\b/;

function stylesheet(name) {
  const folder = join(modules, name, "dist");
  const short = name.split("/")[1].replace(/-css$/, "");
  for (const file of ["index.css", `${short}.css`]) {
    if (existsSync(join(folder, file))) return join(folder, file);
  }
  throw new Error(`${name} has no stylesheet among ${readdirSync(folder)}`);
}

function minify(name, text) {
  const { code } = transform({
    filename: name,
    code: Buffer.from(text),
    minify: true,
    visitor: {
      Rule: {
        style(rule) {
          const selectors = rule.value.selectors;
          const kept = selectors.filter((parts) => !parts.some((p) => p.type === "class" && UNUSED.test("." + p.name)));
          if (kept.length === 0) return [];
          if (kept.length < selectors.length) return { ...rule, value: { ...rule.value, selectors: kept } };
        },
      },
    },
  });
  return code.toString();
}

function write(name, text) {
  writeFileSync(join(target, name), text + "\n");
  console.log(`${name}: ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} bytes gzipped`);
}

const components = wanted.filter(([name]) => name.endsWith("-css"));
// REUSE-IgnoreStart
const notice = (extra) =>
  "/*! SPDX-License-Identifier: EUPL-1.2\n * Made by tools/build_css; do not edit. See LICENCES.md beside this file.\n" +
  ` * ${extra} */\n`;

let bundle = components.map(([name]) => readFileSync(stylesheet(name), "utf8").replace(/\/\*# sourceMappingURL.*?\*\//g, "")).join("\n");
bundle = minify("nlds.css", bundle);
write("nlds.css", notice("SPDX-FileCopyrightText: Frameless B.V., Gemeente Utrecht, NL Design System Community") + bundle);

// Follow the tokens: those used by the components or by our own stylesheet, and those that these are made of.
const declared = new Map();
for (const [, name, value] of readFileSync(join(modules, TOKENS, "dist", "theme.css"), "utf8")
  .replace(/\/\*[\s\S]*?\*\//g, "")
  .matchAll(/^\s*(--[\w-]+):\s*(.*?);/gm)) {
  declared.set(name, value.trim());
}
const uses = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]);
const needed = new Set();
const queue = [...uses(bundle), ...uses(readFileSync(join(target, "samenspel.css"), "utf8"))];
while (queue.length > 0) {
  const name = queue.pop();
  if (needed.has(name) || !declared.has(name)) continue;
  needed.add(name);
  queue.push(...uses(declared.get(name)));
}
const theme = `.voorbeeld-theme{${[...declared].filter(([n]) => needed.has(n)).map(([n, v]) => `${n}:${v}`).join(";")}}`;
write(
  "theme-voorbeeld.css",
  notice(`SPDX-FileCopyrightText: NL Design System Community. ${needed.size} of ${declared.size} tokens of ${TOKENS}`) +
    minify("theme.css", theme),
);

write(
  "LICENCES.md",
  [
    "<!-- SPDX-FileCopyrightText: 2026 The Samenspel contributors -->",
    "<!-- SPDX-License-Identifier: EUPL-1.2 -->",
    "# What the stylesheets in this folder are made of",
    "",
    "`nlds.css` and `theme-voorbeeld.css` are derived from the packages below (minified, joined, unused rules and tokens left out).",
    "All of them are published under the European Union Public Licence 1.2, the licence of Samenspel itself; see LICENSE in the root of the repository.",
    "",
    "| package | version | licence | published by |",
    "|---|---|---|---|",
    ...components.concat([[TOKENS, wanted.find(([n]) => n === TOKENS)[1]]]).map(([name, version]) => {
      const meta = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
      if (meta.license !== "EUPL-1.2") throw new Error(`${name} has licence ${meta.license}`);
      const author = typeof meta.author === "object" ? meta.author.name : meta.author;
      return `| ${name} | ${version} | ${meta.license} | ${author ?? "NL Design System Community"} |`;
    }),
  ].join("\n"),
);
// REUSE-IgnoreEnd
// REUSE-IgnoreEnd
