"""What a browser keeps of a code: reading it, filling it up, taking it away."""

import json

# Chromium's own switch for a small quota does not reach IndexedDB.
FULL = """(() => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...row) {
    if (window.full) throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, row);
  };
})();"""

WIPE = """() => new Promise((resolve) => {
  const request = indexedDB.deleteDatabase("samvad");
  request.onsuccess = request.onerror = ({ type }) => resolve(type);
  setTimeout(resolve, 5000, "late");
})"""


KEPT_PAGES = """async () => {
  const pages = await caches.open("samvad-pages");
  const told = async ({ url }) => {
    const page = await pages.match(url);
    const { pathname, search } = new URL(url);
    return [pathname + search, await page.text(), page.headers.get("Content-Security-Policy")];
  };
  return Promise.all((await pages.keys()).map(told));
}"""


KEPT_SCRIPTS = """async () => {
  const [name] = (await caches.keys()).filter((name) => name.startsWith("samvad-shell-"));
  const shell = await caches.open(name);
  const scripts = (await shell.keys()).filter(({ url }) => url.endsWith(".js"));
  return Promise.all(scripts.map(async ({ url }) => [url, await (await shell.match(url)).text()]));
}"""


def rows_of(*stores: str, told: str = "rows") -> str:
    """A function that tells what lies in these stores; none of them, and no database, is nothing.

    It makes none: an empty one of a lower version would stand in the way of the page's own, which waits for it.
    """
    return f"""async () => {{
      const database = await new Promise((resolve) => {{
        const request = indexedDB.open("samvad");
        request.onupgradeneeded = () => request.transaction.abort();
        request.onerror = () => resolve(null);
        request.onsuccess = () => resolve(request.result);
      }});
      const read = (name) => new Promise((resolve) => {{
        if (!database?.objectStoreNames.contains(name)) return resolve([]);
        const all = database.transaction(name).objectStore(name).getAll();
        all.onsuccess = () => resolve(all.result);
      }});
      const found = Promise.all({json.dumps(stores)}.map(read));
      // It closes when what was begun has ended.
      database?.close();
      const rows = await found;
      return {told};
    }}"""


KEPT_HALVES = rows_of(
    "tabs", told="rows[0].map(({ id, at, iv, data }) => ({ id, at, iv: `${iv}`, bytes: data.byteLength }))"
)

#: the device that was told that it is over; undefined for one that was not
KNOWS_THAT_IT_IS_OVER = """() => new Promise((resolve) => {
  const open = indexedDB.open("samvad");
  open.onsuccess = () => {
    const own = open.result.transaction("own").objectStore("own").get("over");
    own.onsuccess = () => resolve(own.result);
    open.result.close();
  };
})"""
