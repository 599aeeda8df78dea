// In the page: the same small interface over either client, for the tests.
// Every event a client raises is kept, in order, so that a test can ask for one that came before it looked.
const LIBRARY = window.TencentCloudChat ?? window.TIM;
const LONGEST_WAIT_MS = 20_000;

const harness = {
  chat: null,
  events: [],
  begun: new Map(),
  watchers: new Set(),

  // Every call from the tests comes in here; what a client refuses goes back as its code and text.
  async run(name, args) {
    try {
      return { result: plain(await (harness[name] ?? harness.call.bind(harness, name))(...args)) ?? null };
    } catch (error) {
      if (error?.code === undefined) throw error;
      return { refused: { code: error.code, text: error.message ?? "" } };
    }
  },

  create(appId, server) {
    harness.chat = LIBRARY.create({ SDKAppID: appId, proxyServer: server });
    harness.chat.registerPlugin({ "tim-upload-plugin": TIMUploadPlugin });
    for (const [name, value] of Object.entries(LIBRARY.EVENT)) {
      harness.chat.on(value, (event) => harness.keep(name, event.data));
    }
  },

  keep(name, data) {
    harness.events.push({ name, items: [data].flat().map(plain) });
    for (const look of harness.watchers) look();
  },

  // A client's own method; its `data` where it has one.
  async call(method, ...args) {
    const answer = await harness.chat[method](...args);
    return answer?.data ?? answer;
  },

  // Make and send a message; `kind` is the middle of create...Message.
  async send(kind, to, payload, fields = {}, options = {}) {
    const content = { to, conversationType: LIBRARY.TYPES.CONV_C2C, payload, ...fields };
    return (await harness.chat.sendMessage(harness.chat[`create${kind}Message`](content), options)).data.message;
  },

  // Upload and send a file of `size` bytes, or one whose content is given in base64; `duration` is for recordings, in
  // milliseconds. What comes back also says how far the upload was `told` to be.
  async sendFile(kind, to, { name, type, base64 = "", size = 0, ...more }) {
    const content = size ? new Uint8Array(size).fill(120) : Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const file = Object.assign(new File([content], name, { type }), more);
    const told = [];
    const sent = await harness.send(kind, to, { file }, { onProgress: (part) => told.push(part) });
    return { ...plain(sent), told };
  },

  // What a page gets that reads an address by script.
  async download(url) {
    const response = await fetch(url);
    return { status: response.status, size: (await response.arrayBuffer()).byteLength };
  },

  // The pixels of what a page shows at an address.
  async measure(url) {
    const image = Object.assign(new Image(), { src: url });
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  },

  // Call with messages in place of their IDs: revokeMessage, deleteMessage, sendMessageReadReceipt.
  onMessages(method, ids) {
    const messages = [ids].flat().map((id) => harness.chat.findMessage(id));
    return harness.call(method, Array.isArray(ids) ? messages : messages[0]);
  },

  async forward(ids, to, title) {
    const messageList = ids.map((id) => harness.chat.findMessage(id));
    const payload = { messageList, title, abstractList: [title], compatibleText: title };
    return harness.send("Merger", to, payload);
  },

  // What is within a merged message, fetched by its key where it has one.
  async readMerged(id) {
    const message = harness.chat.findMessage(id);
    const whole = message.payload.downloadKey ? await harness.chat.downloadMergerMessage(message) : message;
    return whole.payload.messageList;
  },

  modify(id, payload) {
    const message = harness.chat.findMessage(id);
    Object.assign(message.payload, payload);
    return harness.call("modifyMessage", message);
  },

  // The conversation list, once the client has all of it.
  async conversations() {
    for (;;) {
      const changed = harness.next();
      const { conversationList, isSyncCompleted } = (await harness.chat.getConversationList()).data;
      if (isSyncCompleted !== false) return conversationList;
      await changed;
    }
  },

  // The next event, whichever it is.
  next() {
    return new Promise((done) => {
      const look = () => {
        harness.watchers.delete(look);
        done();
      };
      harness.watchers.add(look);
    });
  },

  // Begin something that shall be waited for later, by `finish`.
  begin(name, ...args) {
    const number = harness.begun.size + 1;
    harness.begun.set(number, harness.run(name, args));
    return number;
  },

  async finish(number) {
    const { result, refused } = await harness.begun.get(number);
    if (refused) throw { ...refused, message: refused.text };
    return result;
  },

  // What events of this name carried, as far as it has the members of `like`, one entry for each thing carried.
  seen(name, like = {}) {
    return harness.events.filter((event) => event.name === name).flatMap((event) => event.items.filter((item) => isLike(item, like)));
  },

  // The newest of them, now or when it comes.
  wait(name, like = {}) {
    return new Promise((done, fail) => {
      const late = () => finish(fail, new Error(`no ${name} like ${JSON.stringify(like)}, only ${JSON.stringify(harness.events)}`));
      const timer = setTimeout(late, LONGEST_WAIT_MS);
      const finish = (settle, value) => {
        clearTimeout(timer);
        harness.watchers.delete(look);
        settle(value);
      };
      const look = () => {
        const found = harness.seen(name, like);
        if (found.length) finish(done, found.at(-1));
      };
      harness.watchers.add(look);
      look();
    });
  },

  // From here on `seen` and `wait` know only what comes later.
  forget() {
    harness.events = [];
  },
};

const isObject = (value) => typeof value === "object" && value !== null;

const plain = (value) => (isObject(value) ? JSON.parse(JSON.stringify(value)) : value);

const isLike = (value, like) =>
  isObject(like) ? Object.entries(like).every(([name, part]) => isObject(value) && isLike(value[name], part)) : value === like;
