import { z } from 'zod';
import { ZoneName } from '../../domain/schedule/schedule.ts';
import { HolidayNames } from './holidays.ts';
import { WorkingHours } from './times.ts';
import { CallLink, duration, Id, RoomName, Text, WebUrl } from './words.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
/** Nobody wants to hear of a shift earlier than a month before. */
const LONGEST_LEAD = 31 * 24 * 60 * MINUTE;
const USUAL_ACK_TIMEOUT_MS = 30 * MINUTE;

const AlertSeverity = z.strictObject({
  critical: Id.optional(),
  error: Id.optional(),
  warning: Id.optional(),
  info: Id.optional(),
});

const Usual = z.union([z.literal('on'), z.literal(true)]).transform(() => USUAL_ACK_TIMEOUT_MS);

/** The house rules. Everything has a default. */
export const Settings = z.strictObject({
  roles: z
    .array(Id)
    .min(1, 'needs at least one role: the first is the one who commands')
    .default(['commander', 'communications', 'scribe'])
    .describe('Roles in an incident; the first is the one who commands'),
  default_severity: Id.optional().describe(
    'Severity of an incident that nobody gave one; the middle one unless said',
  ),
  alert_severity: AlertSeverity.default({}).describe("An alert's own severity -> the incident's"),
  alert_urgency: AlertSeverity.default({}).describe(
    "An alert's own severity -> its urgency, where severity_matrix gives the incident's severity",
  ),
  default_policy: Id.optional().describe(
    'For incidents whose service and route name none; needed when there are several policies',
  ),
  stale_after: duration({ least: MINUTE })
    .prefault('30m')
    .describe('Pages that could not be sent for this long are folded into one summary; 30m unless said'),
  bundle_within: z
    .union([z.literal('off'), z.literal(false), duration({ least: SECOND, most: MINUTE })])
    .prefault('3s')
    .describe(
      'Further pages of a person within so long are told in one message; the first is never delayed. 3s unless said; `off` tells each by itself',
    ),
  working_hours: WorkingHours.optional().describe(
    "Hours of everybody who has none of their own, in each one's zone: low urgency pages then. Around the clock unless said",
  ),
  holidays: HolidayNames.optional().describe(
    'Days on which everybody and every schedule that names none of its own does not work',
  ),
  ack_timeout: z
    .union([z.literal('off'), z.literal(false), Usual, duration({ least: MINUTE })])
    .default('off')
    .describe(
      'Acknowledged and silent for this long: page the acknowledger again. Off unless said; `on` is 30m',
    ),
  announce_room: Text.default('incidents').describe('Room in which stakeholders follow along'),
  admin_room: Text.default('firebell-admin').describe(
    'Room in which Firebell says what is wrong with itself',
  ),
  shift_reminders: z
    .array(duration({ least: MINUTE, most: LONGEST_LEAD }))
    .max(5)
    .prefault(['24h', '1h'])
    .describe('How long before a shift its person is reminded; 24h and 1h unless said, [] for never'),
  shift_check: z
    .union([z.literal('off'), z.literal(false), duration({ least: 10 * MINUTE, most: LONGEST_LEAD })])
    .prefault('1h')
    .describe(
      'How long before a shift its person is asked to show that they can be reached; half-way others hear of it. 1h unless said',
    ),
  room_name: RoomName.optional().describe(
    'Name of an incident’s room: {number}, {title}, {service}, {severity} and {date} are filled in. inc-{number}-{title} unless said',
  ),
  call_link: CallLink.optional().describe(
    'Where people meet by voice; {number} stands for the number of the incident: https://meet.example.com/incident-{number}',
  ),
  status_page: WebUrl.optional().describe('Where users read how things are'),
  zone: ZoneName.default('UTC').describe("Time zone where no single reader's applies"),
});
export type Settings = z.output<typeof Settings>;
