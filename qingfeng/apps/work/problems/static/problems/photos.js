// Photos from the spot: made smaller in the browser, with the time at which they were taken kept inside them.
const LONGEST = 1600;
const SMALL_ENOUGH = 500 * 1024;
const THUMBNAIL = 120;
const HEAD = 65536;

const two = (number) => String(number).padStart(2, "0");
const localTime = (at) =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;

// Exif 2.3: the value of a tag stands at an offset that the entries of a directory name.
const offsetOf = (view, start, little, directory, wanted) => {
  const entries = view.getUint16(start + directory, little);
  for (let number = 0; number < Math.min(entries, 200); number += 1) {
    const entry = start + directory + 2 + number * 12;
    if (view.getUint16(entry, little) === wanted) {
      return view.getUint32(entry + 8, little);
    }
  }
  return 0;
};

const exifTime = (buffer) => {
  const bytes = new Uint8Array(buffer);
  const text = String.fromCharCode(...bytes.subarray(0, Math.min(bytes.length, 4096)));
  const mark = text.indexOf("Exif\0\0");
  if (mark < 0 || bytes[0] !== 0xff || bytes[1] !== 0xd8) {
    return "";
  }
  try {
    const view = new DataView(buffer);
    const start = mark + 6;
    const little = view.getUint8(start) === 0x49;
    const sub = offsetOf(view, start, little, view.getUint32(start + 4, little), 0x8769);
    const place = sub && offsetOf(view, start, little, sub, 0x9003);
    const written = place ? String.fromCharCode(...bytes.subarray(start + place, start + place + 19)) : "";
    return /^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/.test(written) ? written : "";
  } catch {
    return "";
  }
};

// A block that says nothing but the time: no place, no device, no turn (the canvas has turned it already).
const exifBlock = (written) => {
  const bytes = new Uint8Array(74);
  const view = new DataView(bytes.buffer);
  const start = 10;
  view.setUint16(0, 0xffe1);
  view.setUint16(2, 72);
  [..."Exif\0\0"].forEach((letter, at) => view.setUint8(4 + at, letter.charCodeAt(0)));
  view.setUint16(start, 0x4949);
  view.setUint16(start + 2, 42, true);
  view.setUint32(start + 4, 8, true);
  const entry = (at, tag, kind, count, value) => {
    view.setUint16(start + at, 1, true);
    view.setUint16(start + at + 2, tag, true);
    view.setUint16(start + at + 4, kind, true);
    view.setUint32(start + at + 6, count, true);
    view.setUint32(start + at + 10, value, true);
  };
  entry(8, 0x8769, 4, 1, 26);
  entry(26, 0x9003, 2, 20, 44);
  [...written].forEach((letter, at) => view.setUint8(start + 44 + at, letter.charCodeAt(0)));
  return bytes;
};

const withTime = async (blob, written) =>
  written ? new Blob([blob.slice(0, 2), exifBlock(written), blob.slice(2)], { type: "image/jpeg" }) : blob;

const drawn = (picture, longest) => {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const smaller = async (file, picture, written) => {
  if (file.size <= SMALL_ENOUGH && Math.max(picture.width, picture.height) <= LONGEST * 1.5) {
    return file;
  }
  const blob = await new Promise((done) => drawn(picture, LONGEST).toBlob(done, "image/jpeg", 0.82));
  if (!blob || blob.size >= file.size) {
    return file;
  }
  const name = `${file.name.replace(/\.[^.]*$/, "")}.jpg`;
  return new File([await withTime(blob, written)], name, { type: "image/jpeg", lastModified: file.lastModified });
};

// A chosen file, ready to be sent: {file, taken, source, before, thumbnail}. What is no picture stays as it is.
globalThis.preparePhoto = async (file) => {
  const written = exifTime(await file.slice(0, HEAD).arrayBuffer());
  const made = {
    file,
    taken: written ? written.replace(":", "-").replace(":", "-").replace(" ", "T") : localTime(new Date(file.lastModified)),
    source: written ? "photo" : "file",
    before: file.size,
    thumbnail: "",
  };
  if (!file.type.startsWith("image/")) {
    return made;
  }
  try {
    const picture = await createImageBitmap(file);
    made.thumbnail = drawn(picture, THUMBNAIL).toDataURL("image/jpeg", 0.7);
    made.file = await smaller(file, picture, written);
    picture.close();
  } catch {
    made.thumbnail = "";
  }
  return made;
};

const words = document.querySelector("[data-photo-words]")?.dataset;
const megabytes = (size) => `${(size / 1048576).toFixed(1)} MB`;

// One line of the list: the picture, its name, its time, what became of its size, and a button that takes it away.
globalThis.photoLine = (photo, remove) => {
  const line = document.createElement("li");
  const text = document.createElement("span");
  const at = photo.taken.replace("T", " ").slice(0, 16);
  const size = photo.file.size < photo.before ? words.smaller.replace("%a", megabytes(photo.before)).replace("%b", megabytes(photo.file.size)) : megabytes(photo.file.size);
  text.append(photo.file.name, document.createElement("br"), `${words[photo.source].replace("%s", at)} · ${size}`);
  if (photo.thumbnail) {
    const picture = document.createElement("img");
    picture.src = photo.thumbnail;
    picture.alt = "";
    line.append(picture);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-link";
  button.textContent = words.remove;
  button.addEventListener("click", remove);
  line.append(text, button);
  return line;
};

// A box of files in a page that is sent as a form: [data-photos] with the input and a list.
const show = (box, input, photos) => {
  const list = box.querySelector("[data-photo-list]");
  const files = new DataTransfer();
  list.replaceChildren();
  photos.forEach((photo, place) => {
    files.items.add(photo.file);
    const line = globalThis.photoLine(photo, () => show(box, input, photos.filter((_, other) => other !== place)));
    const taken = document.createElement("input");
    taken.type = "hidden";
    taken.name = "found_taken";
    taken.value = photo.taken;
    line.append(taken);
    list.append(line);
  });
  input.files = files.files;
  input.photos = photos;
};

document.addEventListener("change", async (event) => {
  const input = event.target;
  const box = input.closest?.("[data-photos]");
  if (!box || input.type !== "file") {
    return;
  }
  const chosen = await Promise.all([...input.files].map((file) => globalThis.preparePhoto(file)));
  show(box, input, [...(input.photos ?? []), ...chosen]);
});
