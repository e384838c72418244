/** How every sheet looks that is printed. */
export const SHEET_STYLE = `
  @page { margin: 20mm; }
  body { font: 12pt/1.5 sans-serif; max-width: 170mm; margin: 0 auto; color: #000; background: #fff; }
  h1 { font-size: 22pt; margin: 0; }
  h2 { font-size: 13pt; margin: 6mm 0 1mm; }
  .whose { margin: 0 0 6mm; }
  .sum { font-size: 16pt; font-weight: bold; border: 1pt solid #000; padding: 3mm 4mm; }
  .warning { font-weight: bold; }
  table { border-collapse: collapse; }
  th { font-weight: normal; text-align: left; padding: 1mm 12mm 1mm 0; }
  td { text-align: right; font-variant-numeric: tabular-nums; }
  ol { margin: 0; padding-left: 6mm; }
  .signed { margin-top: 14mm; border-top: 1pt solid #000; width: 70mm; }
`;
