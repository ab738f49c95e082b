use super::*;

fn dump(text: &str) -> String {
    target(text).dump(text)
}

fn dump_pattern(text: &str) -> String {
    let pattern = pattern(text).unwrap();
    format!("{:?}\n{}", pattern.shape, pattern.tree.dump(&pattern.text))
}

#[test]
fn instructions() {
    insta::assert_snapshot!(dump(
        "FROM --platform=$P node:${V}-alpine AS build\nENV A=1 B=\"x y\" \\\n    C=\nENV D $A:/x\nLABEL \"a b\"='c' d=e\nCOPY --from=build /x /y /z/\nEXPOSE 80 443/udp $P\nUSER ${U}:${G:-1}\nARG X=\"a$Y\"\nVOLUME [\"/a\"]\nWORKDIR $A/b\nMAINTAINER  x <y@z>\nHEALTHCHECK --interval=5s CMD curl -f x\nONBUILD RUN y\nSHELL [\"/bin/bash\", \"-c\"]\n"
    ));
}

#[test]
fn commands() {
    insta::assert_snapshot!(dump(
        "RUN --mount=type=cache,target=/x --network=none apt-get update \\\n  # a comment\n  && apt-get install -y a=1\nCMD [\"a\", \"b\"]\nRUN [ -f x ] && y\nRUN cat <<EOF\nx\nEOF\nENTRYPOINT exec top\nrun lower\nNONSENSE x\n"
    ));
}

#[test]
fn patterns() {
    for text in [
        "FROM $IMAGE:$TAG AS $A",
        "USER $U\n...\n",
        "RUN ... --no-check ...",
        "COPY ... $DST",
        "CMD [..., \"-x\", $X]",
        "CMD ...",
        "RUN $...ARGS",
        "LABEL $K=\"$V\"",
        "ENV ... A='x' ...",
        "HEALTHCHECK ... CMD ...",
        "$INSTR",
        "sudo ...",
        "RUN --mount=type=$T $X",
    ] {
        insta::assert_snapshot!(dump_pattern(text));
    }
}

#[test]
fn hostile_texts_do_no_harm() {
    for text in [
        "",
        "\\",
        "RUN",
        "RUN \\\n",
        "FROM",
        "FROM :",
        "FROM @",
        "LABEL",
        "ENV =",
        "ARG =",
        "CMD [\"",
        "ONBUILD ONBUILD ONBUILD ONBUILD ONBUILD ONBUILD x",
        "RUN <<A",
        "COPY <<",
        "USER :",
        "EXPOSE /tcp",
        "ENV \u{e9}=\u{e9} \u{301}",
        "HEALTHCHECK --x",
    ] {
        let _ = target(text);
        let _ = pattern(text);
    }
    let _ = target(&"RUN a && ".repeat(20_000));
}
