/**
 * Makes a photo small before it is sent: a cheap network takes a minute for four megabytes, and a code can be read at
 * a tenth of it. Where a browser cannot, the photo goes as it is.
 */

const SIDE = 1600;
const QUALITY = 0.8;

const field = /** @type {HTMLInputElement} */ (document.getElementById("photo"));
const button = /** @type {HTMLButtonElement} */ (field.form?.querySelector("button"));

/** @param {File} photo @returns {Promise<File>} */
async function shrink(photo) {
  const picture = await createImageBitmap(photo);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return small && small.size < photo.size ? new File([small], "photo.jpg", { type: small.type }) : photo;
}

field.addEventListener("change", async () => {
  const [photo] = field.files || [];
  if (!photo) return;
  button.disabled = true;
  try {
    const chosen = new DataTransfer();
    chosen.items.add(await shrink(photo));
    field.files = chosen.files;
  } catch {
    // It goes as it is.
  }
  button.disabled = false;
});
