import { expect, test } from "vitest";
import { total } from "./cart";

test("an empty cart costs nothing", () => expect(total([])).toBe(0));
