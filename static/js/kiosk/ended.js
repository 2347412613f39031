/** The page of a device that is over: it sends what it holds all the same, and remembers that it is over. */
import { sync } from "./sync.js";

sync().catch(() => {});
