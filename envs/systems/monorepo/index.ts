export { prod } from "./prod";
export { staging } from "./staging";
