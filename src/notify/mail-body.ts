import { html } from 'hono/html';
import type { Fact, PageWords } from './page-words.ts';

/** How a mail can be answered: `ackUrl` is null when the page is over, or while nobody knows our own address. */
export interface MailAnswers {
  readonly ackUrl: string | null;
  readonly takesAnswers: boolean;
}

/** Both parts of a page's mail. */
export interface MailBody {
  readonly text: string;
  readonly html: string;
}

/** Renders a page as mail: the plain part says everything that the other one says. */
export async function renderMail(words: PageWords, answers: MailAnswers): Promise<MailBody> {
  return { text: plainMail(words, answers), html: await htmlMail(words, answers) };
}

const ONLY_YOU = 'The link is yours alone: do not forward this mail. It opens a page with one button.';

const BY_ANSWER =
  'Or answer this mail: an empty answer, or ack, takes it; no says that you cannot; escalate calls the next.';

function plainMail(words: PageWords, { ackUrl, takesAnswers }: MailAnswers): string {
  const width = Math.max(...words.facts.map(({ label }) => label.length)) + 2;
  return [
    words.title,
    words.facts.map(({ label, value }) => `${`${label}:`.padEnd(width)}${value}`).join('\n'),
    ...words.paragraphs,
    words.alertsHeading
      ? [`${words.alertsHeading}:`, ...words.alerts.map((alert) => `- ${alert}`)].join('\n')
      : '',
    words.next,
    ackUrl ? `Acknowledge: ${ackUrl}\n${ONLY_YOU}` : '',
    takesAnswers ? BY_ANSWER : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

async function htmlMail(words: PageWords, { ackUrl, takesAnswers }: MailAnswers): Promise<string> {
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${words.subject}</title>
      </head>
      <body style="font:16px/1.5 system-ui,sans-serif;margin:0;padding:24px">
        <div style="max-width:34em;margin:0 auto">
          <h1 style="font-size:22px;line-height:1.3;margin:0 0 16px">${words.title}</h1>
          ${ackUrl === null ? '' : ackButton(ackUrl)}
          <table style="border-collapse:collapse;margin:0 0 16px">
            ${words.facts.map(factRow)}
          </table>
          ${words.paragraphs.map((text) => html`<p style="margin:0 0 16px;white-space:pre-line">${text}</p>`)}
          ${alertList(words)}
          <p style="margin:0 0 16px">${words.next}</p>
          ${takesAnswers ? html`<p style="margin:0 0 16px">${BY_ANSWER}</p>` : ''}
          ${ackUrl === null ? '' : html`<p style="margin:0;font-size:13px;opacity:.75">${ONLY_YOU}</p>`}
        </div>
      </body>
    </html>`;
  return page.toString();
}

function ackButton(url: string): ReturnType<typeof html> {
  return html`<p style="margin:0 0 20px">
    <a
      href="${url}"
      style="display:inline-block;padding:12px 24px;border-radius:6px;background:#b3261e;color:#ffffff;font-weight:600;text-decoration:none"
      >Acknowledge</a
    >
  </p>`;
}

function factRow({ label, value, href }: Fact): ReturnType<typeof html> {
  const shown = href === null ? value : html`<a href="${href}">${value}</a>`;
  return html`<tr>
    <th scope="row" style="text-align:left;vertical-align:top;padding:2px 16px 2px 0;font-weight:600">
      ${label}
    </th>
    <td style="padding:2px 0;overflow-wrap:anywhere;word-break:break-word;vertical-align:top">${shown}</td>
  </tr>`;
}

function alertList({ alertsHeading, alerts }: PageWords): ReturnType<typeof html> | '' {
  if (alertsHeading === null) return '';
  return html`<h2 style="font-size:16px;margin:0 0 4px">${alertsHeading}</h2>
    <ul style="margin:0 0 16px;padding-left:20px">
      ${alerts.map((alert) => html`<li>${alert}</li>`)}
    </ul>`;
}
