/** The badge's style. Colours repeat components/tokens.css: the badge may not load a stylesheet. 4.5:1 at least. */
export const BADGE_CSS = `
:host{all:initial!important;position:fixed!important;left:calc(12px + var(--nmc-x)*(100% - 24px))!important;top:calc(12px + var(--nmc-y)*(100% - 24px))!important;transform:translate(calc(var(--nmc-x)*-100%),calc(var(--nmc-y)*-100%))!important;z-index:2147483646!important;display:block!important;width:max-content!important}
.button{all:unset;box-sizing:border-box;position:relative;display:flex;align-items:center;gap:6px;padding:5px 10px;border-radius:999px;cursor:pointer;background:#fff;color:#16202b;border:1px solid #d3dae2;box-shadow:0 1px 2px #1020301a,0 2px 8px #10203026;font:13px/1.3 "Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;white-space:nowrap;touch-action:none;user-select:none;opacity:.94}
.button:hover,.button:focus-visible{opacity:1}
.button:focus-visible{outline:3px solid #0b5cab;outline-offset:2px}
.dot{inline-size:9px;block-size:9px;border-radius:50%;background:#17683b;flex:none}
[data-state=paused] .dot,[data-state=notActivated] .dot{background:#4a5766;border-radius:2px}
[data-state=degraded] .dot,[data-state^=un] .dot{background:#8a4b00}
[data-state=broken] .dot,[data-state=storageBroken] .dot{background:#a61b1b;border-radius:2px}
.count{font-weight:600;font-variant-numeric:tabular-nums}
.count:empty{display:none}
.full{display:none;position:absolute;inset-inline-start:0;inset-block-start:calc(100% + 6px);inline-size:max-content;max-inline-size:260px;white-space:normal;padding:6px 10px;border-radius:8px;background:#16202b;color:#fff;pointer-events:none}
.right .full{inset-inline:auto 0}
.low .full{inset-block:auto calc(100% + 6px)}
.button:hover .full,.button:focus-visible .full{display:block}
@media (prefers-color-scheme:dark){.button{background:#18212b;color:#eef2f6;border-color:#3a4755}.dot{background:#7fd6a1}[data-state=paused] .dot,[data-state=notActivated] .dot{background:#b3bfcc}[data-state=degraded] .dot,[data-state^=un] .dot{background:#f2bd68}[data-state=broken] .dot,[data-state=storageBroken] .dot{background:#f59a9a}.button:focus-visible{outline-color:#9fcbf7}.full{background:#eef2f6;color:#16202b}}
@media (forced-colors:active){.button,.full{border:1px solid}.dot{forced-color-adjust:none}}
@media print{:host{display:none!important}}
`;
