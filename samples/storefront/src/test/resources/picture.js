async () => {
  // Draws the page as it stands as an SVG: boxes, texts and icons where the browser has put them. The
  // README's picture of the demo is made with it.
  const width = innerWidth;
  const height = innerHeight;
  const out = [];
  const n = (value) => Math.round(value * 10) / 10;
  const esc = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  const canvas = document.createElement('canvas').getContext('2d');
  const icons = new DOMParser().parseFromString(await (await fetch('/assets/icons.svg')).text(), 'image/svg+xml');

  const visible = (color) => color !== 'transparent' && !/, 0\)$/.test(color);
  const log = document.getElementById('why-log').getBoundingClientRect();

  function box(element, style, rect) {
    const radius = parseFloat(style.borderTopLeftRadius) || 0;
    const rx = Math.min(style.borderTopLeftRadius.endsWith('%') ? rect.width / 2 : radius, rect.width / 2, rect.height / 2);
    const sides = ['Top', 'Right', 'Bottom', 'Left'].map((side) => parseFloat(style[`border${side}Width`]) && visible(style[`border${side}Color`]) ? parseFloat(style[`border${side}Width`]) : 0);
    const framed = sides.every((side) => side > 0);
    const filled = visible(style.backgroundColor);
    const shadow = element.id === 'driver-popover-item' ? ' filter="url(#shadow)"' : '';
    if (filled || framed) {
      const inset = framed ? sides[0] / 2 : 0;
      const stroke = framed ? ` stroke="${style.borderTopColor}" stroke-width="${sides[0]}"` : '';
      out.push(`<rect x="${n(rect.x + inset)}" y="${n(rect.y + inset)}" width="${n(rect.width - 2 * inset)}" height="${n(rect.height - 2 * inset)}" rx="${n(rx)}" fill="${filled ? style.backgroundColor : 'none'}"${stroke}${shadow}/>`);
    }
    if (!framed && sides[0]) out.push(`<path d="M${n(rect.x)} ${n(rect.y + 0.5)}H${n(rect.right)}" stroke="${style.borderTopColor}"/>`);
    if (!framed && sides[2]) out.push(`<path d="M${n(rect.x)} ${n(rect.bottom - 0.5)}H${n(rect.right)}" stroke="${style.borderBottomColor}"/>`);
    if (!framed && sides[3]) out.push(`<path d="M${n(rect.x + 0.5)} ${n(rect.y)}V${n(rect.bottom)}" stroke="${style.borderLeftColor}"/>`);
    if (!framed && sides[1]) out.push(`<path d="M${n(rect.right - 0.5)} ${n(rect.y)}V${n(rect.bottom)}" stroke="${style.borderRightColor}"/>`);
  }

  function line(text, x, top, w, h, style) {
    canvas.font = style.font;
    const m = canvas.measureText(text);
    const baseline = top + h * m.fontBoundingBoxAscent / (m.fontBoundingBoxAscent + m.fontBoundingBoxDescent);
    const mono = style.fontFamily.includes('monospace') ? ' class="mono"' : '';
    const weight = style.fontWeight === '400' ? '' : ` font-weight="${style.fontWeight}"`;
    const under = style.textDecorationLine === 'underline' ? ' text-decoration="underline"' : '';
    out.push(`<text x="${n(x)}" y="${n(baseline)}" font-size="${parseFloat(style.fontSize)}"${weight}${under}${mono} fill="${style.color}" textLength="${n(w)}" lengthAdjust="spacingAndGlyphs">${esc(text)}</text>`);
  }

  function texts(node, style) {
    const lines = [];
    for (const word of node.data.matchAll(/[^ \n\t\r]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const rect = range.getClientRects()[0];
      if (!rect || rect.width < 1) continue;
      const last = lines[lines.length - 1];
      if (last && Math.abs(last.top - rect.top) < 2) {
        last.text += ` ${word[0]}`;
        last.right = rect.right;
      } else {
        lines.push({ text: word[0], x: rect.x, right: rect.right, top: rect.top, height: rect.height });
      }
    }
    lines.forEach((l) => line(l.text, l.x, l.top, l.right - l.x, l.height, style));
  }

  function drawing(element, style, rect) {
    const frame = `x="${n(rect.x)}" y="${n(rect.y)}" width="${n(rect.width)}" height="${n(rect.height)}"`;
    const use = element.querySelector('use');
    if (use) {
      const symbol = icons.querySelector(use.getAttribute('href').replace(/.*#/, '#'));
      const attributes = [...symbol.attributes].filter((a) => a.name !== 'id').map((a) => `${a.name}="${a.value}"`).join(' ');
      out.push(`<svg ${frame} ${attributes} color="${style.color}">${symbol.innerHTML.replace(/ xmlns="[^"]*"/g, '').trim()}</svg>`);
      return;
    }
    const copy = element.cloneNode(true);
    const originals = element.querySelectorAll('*');
    copy.querySelectorAll('*').forEach((part, i) => {
      const s = getComputedStyle(originals[i]);
      part.removeAttribute('class');
      if (part.tagName === 'g') return;
      for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'text-anchor', 'font-size']) {
        const value = s.getPropertyValue(name);
        if (value && value !== 'none' && value !== 'normal' || name === 'fill') part.setAttribute(name, value);
      }
    });
    out.push(`<svg ${frame} viewBox="${element.getAttribute('viewBox')}">${copy.innerHTML.replace(/ xmlns="[^"]*"/g, '').replace(/\s*\n\s*/g, '')}</svg>`);
  }

  function field(element, style, rect) {
    if (element.type === 'checkbox') {
      out.push(`<rect x="${n(rect.x + 0.5)}" y="${n(rect.y + 0.5)}" width="15" height="15" rx="3" fill="${element.checked ? '#1d4f4a' : '#fff'}" stroke="${element.checked ? '#1d4f4a' : '#8a908e'}"/>`);
      if (element.checked) out.push(`<path d="M${n(rect.x + 4)} ${n(rect.y + 8)}l3 3 5-6" fill="none" stroke="#fff" stroke-width="1.800"/>`);
      return;
    }
    const text = element.value || element.placeholder;
    if (!text) return;
    canvas.font = style.font;
    const fontHeight = parseFloat(style.fontSize) * 1.17;
    line(text, rect.x + parseFloat(style.paddingLeft) + 1, rect.y + (rect.height - fontHeight) / 2, canvas.measureText(text).width, fontHeight, element.value ? style : { font: style.font, fontFamily: style.fontFamily, fontWeight: style.fontWeight, fontSize: style.fontSize, textDecorationLine: '', color: '#757575' });
  }

  function gauge(element, rect) {
    const share = element.value / (element.max || 1);
    const colour = element.tagName === 'METER' && element.value > element.high ? '#e0a83a' : '#1d4f4a';
    const y = rect.y + (rect.height - 8) / 2;
    out.push(`<rect x="${n(rect.x)}" y="${n(y)}" width="${n(rect.width)}" height="8" rx="4" fill="#ebe9e2"/><rect x="${n(rect.x)}" y="${n(y)}" width="${n(rect.width * share)}" height="8" rx="4" fill="${colour}"/>`);
  }

  function tip(element, rect) {
    const [l, r, t, b] = [rect.left, rect.right, rect.top, rect.bottom].map(n);
    const [x, y] = [n((rect.left + rect.right) / 2), n((rect.top + rect.bottom) / 2)];
    const corners = { left: `${r},${t} ${r},${b} ${x},${y}`, right: `${l},${t} ${l},${b} ${x},${y}`, top: `${l},${b} ${r},${b} ${x},${y}`, bottom: `${l},${t} ${r},${t} ${x},${y}` };
    const side = Object.keys(corners).find((name) => element.classList.contains(name));
    if (side) out.push(`<polygon points="${corners[side]}" fill="#fff"/>`);
  }

  function draw(element, skip) {
    if (skip && skip(element)) return;
    const style = getComputedStyle(element);
    const rect = element.getBoundingClientRect();
    if (style.display === 'none' || style.visibility === 'hidden' || rect.top > height || rect.right < 0) return;
    if (element.closest('#why-log') && element.tagName === 'LI' && rect.bottom > log.bottom + 1) return;
    if (element.classList.contains('visually-hidden') || ['SCRIPT', 'STYLE', 'OPTION'].includes(element.tagName)) return;
    if (element.tagName === 'svg') { drawing(element, style, rect); return; }
    if (['METER', 'PROGRESS'].includes(element.tagName)) { gauge(element, rect); return; }
    if (element.classList.contains('driver-popover-tip')) { tip(element, rect); return; }
    if (element.type !== 'checkbox') box(element, style, rect);
    if (element.tagName === 'INPUT') { field(element, style, rect); return; }
    if (element.classList.contains('why')) out.push(`<rect x="${n(rect.x)}" y="0" width="${n(rect.width)}" height="4" fill="url(#tourmaline)"/>`);
    if (element.closest('.try ol') && element.tagName === 'LI') {
      const first = document.createRange();
      first.selectNodeContents(element);
      const at = first.getClientRects()[0];
      line(`${[...element.parentNode.children].indexOf(element) + 1}.`, at.x - 18, at.y, 12, at.height, style);
    }
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) texts(child, style);
      else if (child.nodeType === Node.ELEMENT_NODE) draw(child, skip);
    }
  }

  const layers = ['driver-page-overlay', 'driver-highlighted-element-stage', 'driver-popover-item'];
  const stage = document.getElementById(layers[1]);
  draw(document.body, (element) => layers.includes(element.id) || (stage && element.classList.contains('why')));
  if (stage) {
    const rect = stage.getBoundingClientRect();
    out.push(`<rect width="${width}" height="${height}" opacity="${document.getElementById(layers[0]).style.opacity}"/>`);
    out.push(`<rect x="${n(rect.x)}" y="${n(rect.y)}" width="${n(rect.width)}" height="${n(rect.height)}" rx="14" fill="#fff"/>`);
    draw(document.querySelector('.driver-highlighted-element'));
    draw(document.querySelector('.why'));
    draw(document.getElementById(layers[2]));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="The demo: a billing page with a tour on it, and beside it a panel that tells why the tour started">
<style>text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;white-space:pre}.mono{font-family:ui-monospace,Menlo,Consolas,monospace}</style>
<defs><linearGradient id="tourmaline"><stop offset="0" stop-color="#1d6b57"/><stop offset=".45" stop-color="#8fbf9f"/><stop offset=".6" stop-color="#f0b9c8"/><stop offset="1" stop-color="#c2366f"/></linearGradient><filter id="shadow" x="-20%" y="-20%" width="140%" height="150%"><feDropShadow dx="0" dy="10" stdDeviation="16" flood-color="#14201d" flood-opacity=".3"/></filter></defs>
<rect width="${width}" height="${height}" fill="#f6f5f1"/>
${out.join('\n')}
</svg>
`;
}
