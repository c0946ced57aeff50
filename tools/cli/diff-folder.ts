/** Folder of the last `npm run diff`, below `.groundplan`. */
export const DIFF_FOLDER = "diff";
