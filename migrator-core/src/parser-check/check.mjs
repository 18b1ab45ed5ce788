// Asks PostgreSQL's own parser whether each statement that the splitter found is exactly one statement.
//
//   node check.mjs ../../target/statements.json [report.txt]
//
// A statement that the parser refuses may be invalid SQL, of which tests are full, or have been cut at the wrong place. It
// was cut when it parses together with those that follow it, up to the whole rest of the file.
import { readFileSync, writeFileSync } from 'node:fs';
import { loadModule, parseSync } from 'libpg-query';

await loadModule();

const count = (sql) => {
  try {
    return parseSync(sql).stmts?.length ?? 0;
  } catch {
    return -1;
  }
};

const files = new Map();
for (const statement of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  if (!files.has(statement.file)) files.set(statement.file, []);
  files.get(statement.file).push(statement);
}

const report = [];
let one = 0;
let invalid = 0;
let faults = 0;
let wholeFiles = 0;
let total = 0;
for (const [file, statements] of files) {
  let refused = 0;
  statements.forEach((statement, i) => {
    total++;
    const found = count(statement.text);
    if (found === 1) {
      one++;
      return;
    }
    refused++;
    let joined = statement.text;
    let cut = found > 1;
    for (let k = i + 1; found === -1 && !cut && k < Math.min(i + 25, statements.length); k++) {
      joined += ';\n' + statements[k].text;
      const together = count(joined);
      cut = together > 0 && together <= k - i;
    }
    if (cut) {
      faults++;
      report.push(`${file}:${statement.line}: FAULT: ${found} statements: ${statement.text}`);
    } else {
      invalid++;
      report.push(`${file}:${statement.line}: not SQL for the parser: ${statement.text.split('\n')[0]}`);
    }
  });
  if (refused === 0) {
    const found = count(statements.map((statement) => statement.text).join('\n;\n'));
    if (found === statements.length) {
      wholeFiles++;
    } else {
      faults++;
      report.push(`${file}: FAULT: ${statements.length} statements, for the parser ${found}`);
    }
  }
}
report.push(
  `${files.size} files, ${total} statements: ${one} are one statement for PostgreSQL's parser, ${invalid} are not SQL to it,`
    + ` ${faults} faults; ${wholeFiles} files without such have as many statements for the parser as a whole`,
);
if (process.argv[3]) writeFileSync(process.argv[3], report.join('\n') + '\n');
console.log(report.filter((line) => line.includes(': FAULT: ')).join('\n'));
console.log(report.at(-1));
process.exitCode = faults === 0 ? 0 : 1;
