//! The whole command line as it is seen: `cmd/*.trycmd` are transcripts.
//!
//! Feel free to change the output; these only show what changes with it. `TRYCMD=overwrite` writes
//! them anew.

#[test]
fn the_command_line_says_what_the_transcripts_say() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.trycmd")
        .case("../../README.md")
        .run();
}
