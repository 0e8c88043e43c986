export * from "./src/runtime.js";
