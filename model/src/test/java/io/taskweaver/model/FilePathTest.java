package io.taskweaver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git",
                ".GIT/config",
                ".git/hooks/pre-commit",
                "sub/.git/config",
                "sub/.GiT",
                ".git.",
                ".git ",
                "a/.git . ./config",
                "git~1/config",
                "a/GIT~1",
                ".git::$INDEX_ALLOCATION/config",
                "sub/.git:stream",
                ".g\u200cit/config",
                ".gi\u2060t/config",
                "\ufeff.git",
            })
    void a_path_into_a_repositorys_own_data_is_refused_in_every_form_and_part(String path) {
        assertThat(FilePath.problem(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/etc/passwd",
                "..",
                "a/../b",
                "../b",
                "a//b",
                "a/",
                "./a",
                "a\\b",
                "C:x",
                "c:/x",
                "\\\\host\\share",
                "a\u0000",
                "a\nb",
                "a\u001bb",
                "a\u0085b",
                "a\u2028b",
                "inno\u202ecod.exe",
                "a\u2066b",
                "a\u200bb",
                "a\u00adb",
                "\ud800",
                "a\ufffd"
            })
    void a_path_that_leads_out_or_looks_like_another_is_refused(String path) {
        assertThat(FilePath.problem(path)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> new FilePath(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CON",
                "aux.txt",
                "src/nul",
                "com1",
                "LPT9.log",
                "COM\u00b9",
                "lpt\u00b3.txt",
                "conin$",
                "a.",
                "b ",
                "a:b",
                "what?",
                "a|b"
            })
    void a_new_file_has_a_name_that_every_system_takes(String path) {
        assertThat(FilePath.problemOfNew(path)).isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileChange.ofResult(path, Optional.empty(), Optional.of("x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CON", "aux.c", "what:b", "what?"})
    void a_file_that_the_code_base_has_may_be_changed_whatever_its_name_is(String path) {
        assertThat(FileChange.ofResult(path, Optional.of("a"), Optional.of("b")).path())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                ".gitignore",
                ".gitmodules",
                ".github/workflows/ci.yml",
                "src/gi/t.java",
                "a/b c/ä.txt",
                "日本語/ファイル.md",
                "console.ts",
                "auxiliary.c",
                "com10",
                "app/[id]/page.tsx",
                "x/.gitkeep",
                "😀.md",
                "git~10"
            })
    void what_is_a_path_is_taken(String path) {
        assertThat(FilePath.problemOfNew(path)).isEmpty();
    }

    @Test
    void a_part_and_a_path_are_no_longer_than_file_systems_take() {
        assertThat(FilePath.problem("ä".repeat(127))).isEmpty();
        assertThat(FilePath.problem("ä".repeat(128))).isPresent();
        assertThat(FilePath.problem("ab/".repeat(333) + "c")).isEmpty();
        assertThat(FilePath.problem("ab/".repeat(334) + "c")).isPresent();
    }

    @Test
    void a_refusal_shows_what_cannot_be_seen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FilePath.of("inno\u202ecod.exe"))
                .withMessageContaining("inno\\u{202e}cod.exe");
    }

    @Test
    void what_agents_write_before_and_between_is_taken_out() {
        assertThat(FilePath.of("./src//a.txt")).isEqualTo(new FilePath("src/a.txt"));
        assertThatIllegalArgumentException().isThrownBy(() -> FilePath.of("//a"));
    }

    @Test
    void names_that_are_one_file_on_some_system_are_folded_alike() {
        assertThat(FilePath.folded("SRC/\u00c4.txt"))
                .isEqualTo(FilePath.folded("src/a\u0308.TXT"))
                .isNotEqualTo(FilePath.folded("src/a.txt"));
    }

    @Test
    void letters_are_folded_as_the_file_system_folds_them_that_folds_most() {
        // APFS: the caseless form of Unicode.
        assertThat(FilePath.folded("Stra\u00dfe"))
                .isEqualTo(FilePath.folded("STRASSE"))
                .isEqualTo(FilePath.folded("STRA\u1e9eE"));
        assertThat(FilePath.folded("\ufb01le")).isEqualTo(FilePath.folded("FILE"));
        assertThat(FilePath.folded("\u039f\u03a3a")).isEqualTo(FilePath.folded("\u03bf\u03c2A"));
        assertThat(FilePath.folded("\u0131.txt"))
                .as("a dotless i is no i anywhere")
                .isNotEqualTo(FilePath.folded("i.txt"));
        assertThat(FilePath.folded("gr\u00fcn")).isNotEqualTo(FilePath.folded("gruen"));
    }

    @Test
    void whatever_differs_in_case_alone_is_folded_alike() {
        for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
            int upper = Character.toUpperCase(letter);
            if (!Character.isDefined(letter) || letter == 0x131 || Character.getType(letter) == Character.SURROGATE)
                continue;
            if (upper != letter)
                assertThat(FilePath.folded(Character.toString(letter)))
                        .isEqualTo(FilePath.folded(Character.toString(upper)));
        }
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.strings()
                .withChars(".gGiItT~1 :/\\\u200c\u202e\u0000aAä\u0308CON")
                .ofMaxLength(12);
    }

    @Property(tries = 500)
    void what_is_taken_stays_inside_and_is_what_it_looks_like(@ForAll("paths") String path) {
        if (FilePath.problem(path).isPresent()) return;

        assertThat(FilePath.of(path).value()).isEqualTo(path);
        assertThat(FilePath.visible(path)).isEqualTo(path);
        assertThat(Arrays.asList(path.split("/", -1)))
                .doesNotContain("", ".", "..")
                .noneMatch(part -> part.toLowerCase(Locale.ROOT).matches("\\.git[ .]*(:.*)?|git~1(:.*)?"));
    }
}
