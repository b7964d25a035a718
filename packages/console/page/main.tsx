import { render } from "preact";
import { App } from "./app";
import "./main.css";

const root = document.getElementById("root");
if (root !== null) render(<App />, root);
