package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.code.UserRepository.Found;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderNamesTest {
    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                " begins with a blank",
                "ends with a blank ",
                "\"quoted\"",
                "'quoted'",
                "Größe 注文",
                "back\\slash",
                "\\n",
                "tab\tbed",
                "a:b",
                "#comment",
                "-option",
                "$HOME `id` *?[a]"
            })
    void a_repository_in_a_folder_of_any_other_name_can_be_read_and_lent(String name) throws Exception {
        var folder = Files.createDirectories(temporary.resolve(name));
        assertThat(FolderNames.refusal(folder)).isEmpty();
        assertThat(FolderNames.refusal(folder.resolve("not/there"))).isEmpty();
        Git.in(Files.createDirectories(folder.resolve(name))).text("init", "--quiet");
        var found = UserRepository.find(folder.resolve(name));
        assertThat(found).isInstanceOf(Found.InRepository.class);
        var repository = ((Found.InRepository) found).repository();
        assertThat(repository.root().toRealPath())
                .isEqualTo(folder.resolve(name).toRealPath());

        try (var line = CodeRepository.open(folder.resolve("line"));
                var other = CodeRepository.open(temporary.resolve("other"))) {
            var commit = line.commit(line.emptyTree(), List.of(), "Nothing", Instant.EPOCH);
            repository.lend(other, line.folder().resolve("objects"));
            assertThat(other.has(commit)).isTrue();
            assertThat(other.git().text("cat-file", "-t", commit)).isEqualTo("commit");
            var variable = BorrowedObjects.variable(line.folder().resolve("objects"));
            assertThat(repository
                            .git()
                            .with(Map.of("GIT_ALTERNATE_OBJECT_DIRECTORIES", variable))
                            .text("cat-file", "-t", commit))
                    .isEqualTo("commit");
            WorkTree.create(folder.resolve("work"), line, commit, line.emptyTree());
            assertThat(Git.in(folder.resolve("work")).text("cat-file", "-t", commit))
                    .isEqualTo("commit");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nbreak", "carriage\rreturn", "\n", "ends\n"})
    void a_folder_with_a_line_break_in_its_path_is_refused_before_git_reads_it(String name) throws Exception {
        var folder = Files.createDirectories(temporary.resolve(name));
        var link = Files.createSymbolicLink(temporary.resolve("link"), folder);

        for (var refused : List.of(folder, folder.resolve("not/there"), link, link.resolve("not/there"))) {
            var refusal = FolderNames.refusal(refused).orElseThrow();
            assertThat(refusal.reason())
                    .contains("has a line break in its name")
                    .doesNotContain("\n", "\r");
            assertThat(refusal.remedy()).startsWith("Rename the folder '").doesNotContain("\n", "\r");
        }
        assertThat(UserRepository.find(folder)).isInstanceOf(Found.InNone.class);
        try (var line = CodeRepository.open(temporary.resolve("line"))) {
            assertThatThrownBy(() -> BorrowedObjects.borrow(line.folder(), folder.resolve("objects")))
                    .isInstanceOf(Git.GitException.class)
                    .hasMessageContaining("Rename the folder");
        }
    }

    @Test
    void what_it_says_names_the_folder_to_rename() {
        assertThat(FolderNames.refusal(Path.of("/tmp/a\nb/c")))
                .contains(new Refusal(
                        "The folder /tmp/a\\nb/c cannot be used: 'a\\nb', which it is in, has a line break in its name, and Git"
                                + " reads paths line by line.",
                        "Rename the folder 'a\\nb', or use another one."));
        assertThat(FolderNames.refusal(Path.of("/tmp/not\uFFFDtext")).map(Refusal::reason))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("it has a name that is not text in the encoding of this system, UTF-8"));
    }

    @Test
    void a_folder_whose_name_is_not_utf_8_is_refused() throws Exception {
        new ProcessBuilder("bash", "-c", "mkdir \"$1\"/$'caf\\xe9'", "test", temporary.toString())
                .inheritIO()
                .start()
                .waitFor();
        try (var all = Files.list(temporary)) {
            var folder = all.findFirst().orElseThrow();
            assertThat(FolderNames.refusal(folder)).isNotEqualTo(Optional.empty());
        }
    }
}
