// ok: bidi-or-hidden-text
var spaces = "​";
