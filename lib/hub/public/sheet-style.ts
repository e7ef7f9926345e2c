/** The style of printed sheets: A4, black on white, sizes in millimetres so that a code has the same size on every printer. */
export const SHEET_STYLE = `
@page { size: A4; margin: 0 }
* { box-sizing: border-box; margin: 0 }
body { font: 4.2mm/1.35 "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; color: #000; background: #fff }
.page { width: 210mm; height: 296.5mm; margin: 0 auto; padding: 14mm; overflow: hidden; page-break-after: always; break-after: page }
.page:last-child { page-break-after: auto; break-after: auto }
.en { display: block; font-size: 62%; font-weight: 400; color: #333 }
.note { max-width: 190mm; margin: 0 auto; padding: 4mm; background: #eef1f5 }
.note .en { display: inline }
.warn { margin-top: 2mm; border: 1mm solid #8a4b00; padding: 2mm; font-weight: 600 }
.unit { font-weight: 600 }
@media print { .note { display: none } }

.poster { display: flex; flex-direction: column; align-items: center; text-align: center }
.poster header { font-size: 6mm; margin-bottom: 6mm }
.poster .place { display: inline-block; margin-top: 3mm; padding: 1mm 8mm; border: 0.8mm solid #000; border-radius: 4mm; font-size: 11mm; font-weight: 700 }
.poster h1 { font-size: 12mm; line-height: 1.15; margin-bottom: 4mm; text-wrap: balance }
.poster h1 .en { font-size: 6mm; margin-top: 2mm }
.poster .qr { width: 105mm; height: 105mm }
.poster .how { font-size: 6.6mm; font-weight: 600; margin: 3mm 0 5mm }
.poster .safe { font-size: 5.2mm; margin-bottom: 3mm }
.poster .answer { font-size: 5.2mm }
.poster footer { margin-top: auto; font-size: 3.6mm }
.poster footer .en { display: inline }
code { font: 3.4mm Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }

.stickers { display: grid; grid-template-columns: 1fr 1fr; grid-template-rows: repeat(6, 44.7mm); padding: 14mm 10mm; gap: 0 }
.sticker { display: flex; align-items: center; gap: 3mm; padding: 2mm 3mm; border: 0.2mm dashed #999; overflow: hidden }
.sticker .qr { flex: none; width: 38mm; height: 38mm }
.sticker .unit { font-size: 3mm }
.sticker h2 { font-size: 5.4mm; line-height: 1.2; margin: 1mm 0 }
.sticker p { font-size: 3.2mm }
.sticker .until { margin-top: 1mm; font-size: 2.8mm }
.sticker .until .en { display: none }

.slips { display: grid; grid-template-rows: 1fr 1fr; padding: 0 }
.slip { display: grid; grid-template-columns: 1fr 46mm; border-bottom: 0.2mm dashed #999 }
.slip:last-child { border-bottom: 0 }
.slip .fill { padding: 9mm 6mm 5mm 14mm; font-size: 3.4mm; display: flex; flex-direction: column; gap: 1.5mm }
.slip .fill header { display: flex; justify-content: space-between; gap: 4mm }
.slip .en { display: inline; font-size: 82% }
.slip h2 { font-size: 5.6mm; margin: 1mm 0 }
.slip .number b { font: 700 6.4mm Consolas, "DejaVu Sans Mono", monospace; white-space: nowrap }
.slip .line { display: flex; align-items: flex-end; min-height: 7.5mm; border-bottom: 0.2mm solid #555 }
.slip .words { flex: 1; min-height: 34mm; padding: 1mm 0; background: repeating-linear-gradient(#fff 0 7.8mm, #777 7.8mm 8mm) }
.slip .words span { background: #fff }
.slip .box { display: flex; gap: 2mm }
.slip .box i { flex: none; width: 4.5mm; height: 4.5mm; border: 0.4mm solid #000 }
.slip .small { font-size: 2.7mm }
.slip .keep { padding: 9mm 6mm; border-inline-start: 0.2mm dashed #999; font-size: 3.2mm; display: flex; flex-direction: column; gap: 3mm }
.slip .keep .en { display: block }
.slip .keep .number { font-size: 7mm }
`;
