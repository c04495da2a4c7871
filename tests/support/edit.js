// Types values into a workbook as a script of an analyst would: edit.js PROGRAM SOURCE TARGET CELLS
// CELLS is JSON: [[tab, address, value], ...]
const [, , program, source, target, cells] = process.argv;
const typed = JSON.parse(cells);

async function exceljs() {
  const { Workbook } = require("exceljs");
  const book = new Workbook();
  await book.xlsx.readFile(source);
  for (const [tab, address, value] of typed) book.getWorksheet(tab).getCell(address).value = value;
  await book.xlsx.writeFile(target);
}

async function xlsx() {
  const { readFile, writeFile } = require("xlsx");
  const book = readFile(source, { cellFormula: true, cellNF: true, cellStyles: true });
  for (const [tab, address, value] of typed)
    book.Sheets[tab][address] = { t: typeof value === "number" ? "n" : "s", v: value };
  writeFile(book, target, { bookType: "xlsx" });
}

({ exceljs, xlsx })[program]().catch((error) => {
  console.error(error);
  process.exit(1);
});
