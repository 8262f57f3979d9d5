/** Draws what Slack's clients draw: mrkdwn, blocks, forms. Nothing from outside ever becomes markup. */

/** An element with its properties and children; text is always text. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name in node && name !== 'list') node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const unescape = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Slack's markup as nodes. `names` tells what ids are called. */
export function mrkdwn(text, names) {
  const whole = el('div', { className: 'words' });
  for (const [i, part] of text.split(/```/).entries())
    if (i % 2 === 1) whole.append(el('pre', {}, unescape(part.replace(/^\n|\n$/g, ''))));
    else whole.append(...lines(part, names));
  return whole;
}

function lines(text, names) {
  const out = [];
  for (const chunk of text.split(/((?:^|\n)(?:&gt;|>)[^\n]*(?:\n(?:&gt;|>)[^\n]*)*)/)) {
    if (/^\n?(&gt;|>)/.test(chunk))
      out.push(el('blockquote', {}, inline(chunk.trim().replaceAll(/^(&gt;|>) ?/gm, ''), names)));
    else out.push(...inline(chunk, names));
  }
  return out;
}

const INLINE =
  /(<[^>\n]+>|`[^`\n]+`|(?<![\w*])\*[^*\n]+\*(?![\w*])|(?<![\w_])_[^_\n]+_(?![\w_])|(?<![\w~])~[^~\n]+~(?![\w~])|:[a-z0-9_+-]+:)/;
const EMOJI = {
  fire: '🔥',
  rotating_light: '🚨',
  white_check_mark: '✅',
  eyes: '👀',
  pushpin: '📌',
  warning: '⚠️',
  bell: '🔔',
  no_bell: '🔕',
  telephone_receiver: '📞',
  red_circle: '🔴',
  large_orange_circle: '🟠',
  large_yellow_circle: '🟡',
  large_green_circle: '🟢',
  large_blue_circle: '🔵',
  hourglass: '⌛',
  memo: '📝',
  link: '🔗',
  book: '📖',
  clock1: '🕐',
  x: '❌',
  tada: '🎉',
  lock: '🔒',
};

function inline(text, names) {
  return text
    .split(INLINE)
    .filter(Boolean)
    .map((part) => {
      if (part.startsWith('<') && part.endsWith('>')) return entity(part.slice(1, -1), names);
      const inner = part.slice(1, -1);
      if (/^`[^`]+`$/.test(part)) return el('code', {}, unescape(inner));
      if (/^\*.+\*$/.test(part)) return el('strong', {}, inline(inner, names));
      if (/^_.+_$/.test(part)) return el('em', {}, inline(inner, names));
      if (/^~.+~$/.test(part)) return el('s', {}, inline(inner, names));
      if (/^:.+:$/.test(part)) return EMOJI[inner] ?? part;
      return unescape(part);
    });
}

function entity(inner, names) {
  const [what, label] = inner.split('|');
  if (what.startsWith('!date^')) return label ?? new Date(Number(what.split('^')[1]) * 1000).toLocaleString();
  if (what.startsWith('!subteam^')) return el('span', { className: 'mention' }, `@${names(what.slice(9))}`);
  if (what.startsWith('!')) return el('span', { className: 'mention' }, `@${what.slice(1)}`);
  if (what.startsWith('@')) return el('span', { className: 'mention' }, `@${names(what.slice(1))}`);
  if (what.startsWith('#')) return el('span', { className: 'mention' }, `#${label ?? names(what.slice(1))}`);
  return link(unescape(what), unescape(label ?? what));
}

function link(url, label) {
  if (!/^(https?|mailto):/.test(url)) return label;
  return el('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, label);
}

function textOf(object, names) {
  if (!object) return '';
  return object.type === 'mrkdwn' ? mrkdwn(object.text, names) : withEmoji(object.text);
}

function withEmoji(text) {
  return text.replaceAll(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);
}

/** Plain words of a text object. */
export function plain(object) {
  return object?.text ?? '';
}

/** Blocks of a message, a modal or a Home. `doing` has `names`, `click(actionId, choice)` and `field(block)`. */
export function blocks(list, doing) {
  return (list ?? []).map((block) => drawBlock(block, doing));
}

function drawBlock(block, doing) {
  const { names } = doing;
  switch (block.type) {
    case 'header':
      return el('div', { className: 'block header' }, textOf(block.text, names));
    case 'divider':
      return el('hr');
    case 'section':
      return el(
        'div',
        { className: 'block section' },
        el(
          'div',
          {},
          block.text ? textOf(block.text, names) : null,
          block.fields
            ? el(
                'div',
                { className: 'fields' },
                block.fields.map((field) => el('div', {}, textOf(field, names))),
              )
            : null,
        ),
        block.accessory ? element(block.accessory, doing) : null,
      );
    case 'context':
      return el(
        'div',
        { className: 'block context' },
        block.elements.map((one) =>
          one.type === 'image' ? `[${one.alt_text}]` : el('div', {}, textOf(one, names)),
        ),
      );
    case 'actions':
      return el(
        'div',
        { className: 'block actions' },
        block.elements.map((one) => element(one, doing)),
      );
    case 'input':
      return doing.field ? doing.field(block) : el('div', { className: 'block' }, plain(block.label));
    case 'rich_text':
      return el(
        'div',
        { className: 'block words' },
        block.elements.map((one) => rich(one, names)),
      );
    case 'markdown':
      return el('div', { className: 'block words' }, block.text);
    case 'image':
      return el('div', { className: 'block' }, `[image: ${block.alt_text}]`);
    default:
      return el('pre', {}, JSON.stringify(block, null, 2));
  }
}

function rich(part, names) {
  const inside = () => part.elements.map((one) => rich(one, names));
  switch (part.type) {
    case 'rich_text_section':
      return el('div', {}, inside());
    case 'rich_text_quote':
      return el('blockquote', {}, inside());
    case 'rich_text_preformatted':
      return el('pre', {}, inside());
    case 'rich_text_list':
      return el(
        part.style === 'ordered' ? 'ol' : 'ul',
        {},
        part.elements.map((one) => el('li', {}, rich(one, names))),
      );
    case 'text': {
      const style = part.style ?? {};
      const tag = style.code
        ? 'code'
        : style.bold
          ? 'strong'
          : style.italic
            ? 'em'
            : style.strike
              ? 's'
              : 'span';
      return el(tag, {}, part.text);
    }
    case 'link':
      return link(part.url, part.text ?? part.url);
    case 'user':
      return el('span', { className: 'mention' }, `@${names(part.user_id)}`);
    case 'usergroup':
      return el('span', { className: 'mention' }, `@${names(part.usergroup_id)}`);
    case 'channel':
      return el('span', { className: 'mention' }, `#${names(part.channel_id)}`);
    case 'broadcast':
      return el('span', { className: 'mention' }, `@${part.range}`);
    case 'emoji':
      return EMOJI[part.name] ?? `:${part.name}:`;
    case 'date':
      return part.fallback ?? new Date(part.timestamp * 1000).toLocaleString();
    default:
      return JSON.stringify(part);
  }
}

/** Whether the person goes on after a button that asks. */
function agreed(confirmation) {
  if (!confirmation) return true;
  return window.confirm(`${plain(confirmation.title)}\n\n${plain(confirmation.text)}`);
}

function element(one, doing) {
  switch (one.type) {
    case 'button': {
      const click = () => {
        if (!agreed(one.confirm)) return;
        if (one.url) window.open(one.url, '_blank', 'noopener');
        doing.click(one.action_id, undefined);
      };
      return el(
        'button',
        {
          type: 'button',
          className: one.style ?? '',
          'aria-label': one.accessibility_label ?? null,
          onclick: click,
        },
        plain(one.text),
      );
    }
    case 'image':
      return el('span', {}, `[${one.alt_text}]`);
    default: {
      const label = plain(one.placeholder) || (one.type === 'overflow' ? 'More' : 'Choose');
      const choose = (event) => {
        if (event.target.value !== '' && agreed(one.confirm)) doing.click(one.action_id, event.target.value);
        event.target.value = '';
      };
      return el(
        'select',
        { 'aria-label': label, onchange: choose },
        el('option', { value: '' }, label),
        choices(one, doing).map(([value, words]) => el('option', { value }, words)),
      );
    }
  }
}

/** What can be chosen in a menu: values and words. */
export function choices(one, { people, channels }) {
  if (one.type.endsWith('users_select')) return people.map(({ id, name }) => [id, name]);
  if (/(conversations|channels)_select$/.test(one.type))
    return channels.map(({ id, name }) => [id, `#${name}`]);
  const options = [...(one.options ?? []), ...(one.option_groups ?? []).flatMap((group) => group.options)];
  return options.map((option) => [option.value, plain(option.text)]);
}
