import type { FileShare, Json, State, StoredFile } from './state.ts';

/** A file as the Web API and messages show it; it is fetched with the app's token only. */
export function fileObject(state: State, file: StoredFile): Json {
  if (file.deleted) return { id: file.id, mode: 'tombstone' };
  const address = `${state.url()}/files-pri/${state.team.id}-${file.id}`;
  const shared = (kinds: readonly string[]): readonly FileShare[] =>
    file.shares.filter(({ channel }) => kinds.includes(state.channels.get(channel)?.kind ?? ''));
  const ids = (kinds: readonly string[]): readonly string[] => [
    ...new Set(shared(kinds).map(({ channel }) => channel)),
  ];
  const sharesOf = (kinds: readonly string[]): Json =>
    Object.fromEntries(
      ids(kinds).map((id) => [
        id,
        shared(kinds)
          .filter(({ channel }) => channel === id)
          .map(({ ts, threadTs }) => ({ ts, ...(threadTs === null ? {} : { thread_ts: threadTs }) })),
      ]),
    );
  return {
    id: file.id,
    created: Math.floor(file.created / 1_000),
    timestamp: Math.floor(file.created / 1_000),
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.split('.').at(-1) ?? '',
    pretty_type: 'File',
    user: file.user,
    editable: false,
    size: file.content.length,
    mode: file.externalUrl === null ? 'hosted' : 'external',
    is_external: file.externalUrl !== null,
    external_type: file.externalUrl === null ? '' : 'gdrive',
    is_public: shared(['public']).length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: file.externalUrl ?? `${address}/${encodeURIComponent(file.name)}`,
    ...(file.externalUrl === null
      ? { url_private_download: `${address}/download/${encodeURIComponent(file.name)}` }
      : {}),
    permalink: `https://${state.team.domain}.slack.com/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    shares: { public: sharesOf(['public']), private: sharesOf(['private', 'im', 'mpim']) },
    channels: ids(['public']),
    groups: ids(['private']),
    ims: ids(['im']),
    has_rich_preview: false,
  };
}

/** A file as a message shows it: where another company shares it, no more than that `files.info` tells more. */
export function fileInMessage(state: State, file: StoredFile): Json {
  if (file.deleted || !file.isHidden) return fileObject(state, file);
  return {
    id: file.id,
    created: 0,
    timestamp: 0,
    user: '',
    mode: 'file_access',
    file_access: 'check_file_info',
  };
}
