const LONGEST_LINE = 1 << 20;

/** Turns the text of an event stream, in whatever pieces it comes, into events, in linear time. */
export function eventParser(onEvent, onRetry) {
  let begun = []; // the pieces of a line that has not ended
  let length = 0;
  let skipLineFeed = false;
  let event = { id: '', name: '', data: [], terms: [] };

  function line(text) {
    if (text === '') {
      if (event.data.length > 0) {
        const { id, name, data, terms } = event;
        onEvent({ id, name, data: data.join('\n'), terms: terms.join('\n') });
      }
      event = { id: event.id, name: '', data: [], terms: [] }; // an id holds until the next one
      return;
    }
    const colon = text.indexOf(':');
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'data' || field === 'terms') event[field].push(value);
    else if (field === 'id' && !value.includes('\0')) event.id = value;
    else if (field === 'event') event.name = value;
    else if (field === 'retry' && /^\d+$/.test(value)) onRetry(Number(value));
  }

  function add(piece) {
    begun.push(piece);
    length += piece.length;
  }

  function endLine() {
    const whole = begun.join('');
    begun = [];
    length = 0;
    line(whole);
  }

  return (text) => {
    if (text === '') return;
    const fresh = skipLineFeed && text[0] === '\n' ? text.slice(1) : text;
    skipLineFeed = text[text.length - 1] === '\r';
    const [first, ...others] = fresh.split(/\r\n|\n|\r/);
    add(first);
    for (const piece of others) {
      endLine();
      add(piece);
    }
    if (length > LONGEST_LINE) throw new Error('a line of the stream is too long');
  };
}
