const LONGEST_LINE = 1 << 20;

/** Turns the text of an event stream, in whatever pieces it comes, into events. */
export function eventParser(onEvent, onRetry) {
  let rest = '';
  let skipLineFeed = false;
  let event = { id: '', name: '', data: [] };

  function line(text) {
    if (text === '') {
      if (event.data.length > 0) {
        onEvent({ id: event.id, name: event.name, data: event.data.join('\n') });
      }
      event = { id: '', name: '', data: [] };
      return;
    }
    const colon = text.indexOf(':');
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') event.data.push(value);
    else if (field === 'id' && !value.includes('\0')) event.id = value;
    else if (field === 'event') event.name = value;
    else if (field === 'retry' && /^\d+$/.test(value)) onRetry(Number(value));
  }

  return (text) => {
    if (text === '') return;
    rest += skipLineFeed && text[0] === '\n' ? text.slice(1) : text;
    skipLineFeed = text[text.length - 1] === '\r';
    const lines = rest.split(/\r\n|\n|\r/);
    rest = lines.pop();
    if (rest.length > LONGEST_LINE) throw new Error('a line of the stream is too long');
    lines.forEach(line);
  };
}
