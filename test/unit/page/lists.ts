/** The search list of iGate 2 with made-up rows. */
export const rowHtml = (code: string, status: string) =>
  `<tr class="mat-row"><td class="mat-column-code"><a>${code}<br>Người nộp: Trần Thị Mẫu</a></td><td class="mat-column-due">25/09/2026 17:00</td><td class="mat-column-status">${status}</td></tr>`;
export const listHtml = (...rows: string[]) =>
  `<app-list-search><table class="searchtbl"><thead><tr><th class="mat-column-code">Mã hồ sơ</th><th class="mat-column-due">Ngày hẹn trả</th><th class="mat-column-status">Trạng thái</th></tr></thead><tbody>${rows.join('')}</tbody></table></app-list-search>`;
