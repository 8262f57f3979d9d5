import { personOf } from '../../domain/actor.ts';
import { whisper } from '../views/blocks.ts';
import { incidentItem, listScreen } from '../views/lists.ts';
import { isVisible } from '../visible.ts';
import { defineCommand } from './define.ts';

const MOST = 25;
// More are read than shown, because private ones are left out.
const READ = 200;

/** `/inc list recent` */
export const list = defineCommand({
  name: 'list',
  synonyms: ['ls', 'incidents'],
  summary: 'List the open incidents, yours, or the recent ones',
  where: 'anywhere',
  params: [
    {
      name: 'which',
      kind: 'choice',
      choices: ['open', 'mine', 'recent'],
      description: 'Which ones; the open ones unless said',
    },
  ],
  examples: ['list', 'list mine', 'list recent'],
  answer: async ({ which }, asking) => {
    const { reads, directory, zone } = asking;
    const me = personOf(asking.actor);
    const all = await reads.listIncidents({ state: which === 'recent' ? 'all' : 'open', limit: READ });
    const shown = all.filter(
      (one) => isVisible(one, asking) && (which !== 'mine' || (me !== null && one.members.includes(me))),
    );
    const items = shown.slice(0, MOST).map((one) => incidentItem(one, directory));
    const empty =
      which === 'mine'
        ? 'You are in no open incident.'
        : which === 'recent'
          ? 'There has been none yet.'
          : 'None is open. All is calm.';
    return whisper(
      listScreen({ heading: `Incidents: ${which ?? 'open'}`, items, empty }, { directory, zone }),
    );
  },
});
