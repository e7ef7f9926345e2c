// The commands are written for a sample address; here stands the one this page was opened at.
for (const place of document.querySelectorAll('pre')) {
  place.textContent = place.textContent.split('https://kiosk.example.gov.vn').join(location.origin);
}
