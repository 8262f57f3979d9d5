import { refuse } from '../refusal.ts';
import { fileObject } from '../workspace/file-object.ts';
import { deleteFile, post } from '../workspace/messages.ts';
import type { StoredFile } from '../workspace/state.ts';
import { isJson } from '../workspace/view-values.ts';
import { targetOf } from './chat.ts';
import type { Call, Method } from './method.ts';

const LARGEST = 1_000_000_000;

const getUploadUrl: Method = ({ state, args, by }) => {
  const length = args.number('length') ?? 0;
  if (length > LARGEST) refuse('file_upload_size_restricted');
  const id = state.nextId('F');
  const name = args.need('filename');
  state.files.set(id, {
    id,
    name,
    title: name,
    user: by,
    mimetype: 'application/octet-stream',
    created: state.clock.now(),
    content: Buffer.alloc(0),
    shares: [],
    deleted: false,
    externalUrl: null,
    isHidden: false,
  });
  return { upload_url: `${state.url()}/upload/v1/${id}`, file_id: id };
};

function uploaded({ state, args }: Call): readonly StoredFile[] {
  const given = args.json('files');
  if (!Array.isArray(given)) refuse('file_not_found');
  return given.filter(isJson).map((one) => {
    const file = state.files.get(String(one['id'])) ?? refuse('file_not_found');
    if (file.content.length === 0) refuse('file_update_failed');
    file.title = typeof one['title'] === 'string' ? one['title'] : file.title;
    return file;
  });
}

const completeUpload: Method = (call) => {
  const { state, args, by } = call;
  const files = uploaded(call);
  const id = args.text('channel_id');
  if (id !== undefined) {
    post(state, targetOf(call, id), {
      user: by,
      isApp: true,
      text: args.text('initial_comment') ?? '',
      threadTs: args.text('thread_ts') ?? null,
      files: files.map((file) => file.id),
    });
  }
  return { files: files.map((file) => fileObject(state, file)) };
};

function fileOf({ state, args }: Call): StoredFile {
  const file = state.files.get(args.need('file')) ?? refuse('file_not_found');
  return file.deleted ? refuse('file_deleted') : file;
}

const info: Method = (call) => ({
  file: fileObject(call.state, fileOf(call)),
  comments: [],
  response_metadata: { next_cursor: '' },
});

const list: Method = ({ state, args }) => {
  const inChannel = args.text('channel');
  const by = args.text('user');
  const fits = ({ deleted, shares, user }: StoredFile): boolean =>
    !deleted &&
    (inChannel === undefined || shares.some(({ channel }) => channel === inChannel)) &&
    (by ?? user) === user;
  const files = [...state.files.values()].filter(fits).map((file) => fileObject(state, file));
  return { files, paging: { count: files.length, total: files.length, page: 1, pages: 1 } };
};

const remove: Method = (call) => {
  const file = fileOf(call);
  if (file.user !== call.by) refuse('cant_delete_file');
  deleteFile(call.state, file);
  return {};
};

/** Files: an address to upload to, then the sharing. */
export const FILES: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': info,
  'files.list': list,
  'files.delete': remove,
};
