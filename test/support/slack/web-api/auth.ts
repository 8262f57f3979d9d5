import { refuse } from '../refusal.ts';
import type { Method } from './method.ts';
import { botProfile } from '../workspace/user-object.ts';

const authTest: Method = ({ state }) => ({
  url: `https://${state.team.domain}.slack.com/`,
  team: state.team.name,
  user: state.users.get(state.app.botUser)?.name,
  team_id: state.team.id,
  user_id: state.app.botUser,
  bot_id: state.app.botId,
  is_enterprise_install: false,
});

const teamInfo: Method = ({ state, args }) => {
  const asked = args.text('team') ?? state.team.id;
  if (asked !== state.team.id) refuse('team_not_found');
  const { id, name, domain } = state.team;
  return {
    team: {
      id,
      name,
      domain,
      url: `https://${domain}.slack.com/`,
      email_domain: '',
      icon: { image_default: true },
    },
  };
};

const botsInfo: Method = ({ state, args }) => {
  const asked = args.text('bot') ?? state.app.botId;
  if (asked !== state.app.botId) refuse('bot_not_found');
  const { team_id: _team, ...bot } = botProfile(state);
  return { bot };
};

/** Who the app is and where it is installed. */
export const AUTH: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'team.info': teamInfo,
  'bots.info': botsInfo,
};
