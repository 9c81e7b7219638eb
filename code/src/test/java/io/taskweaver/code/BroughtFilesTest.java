package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.EntryChange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroughtFilesTest {
    @TempDir
    private Path temporary;

    private Path code;

    @BeforeEach
    void makeCode() throws Exception {
        code = Files.createDirectories(temporary.resolve("code")).toRealPath();
        git("init", "--quiet");
        write(".gitignore", ".env*\n*.pem\ncerts/\n");
        write("app/main.js", "main\n");
        git("add", "--all");
        git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "first");
        write(".env", "API_TOKEN=abc\n");
        write("app/.env", "APP=1\n");
        write("certs/dev.pem", "key\n");
        write("notes.txt", "of mine\n");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        Git.ofUser(code).text(arguments);
    }

    private Path write(String path, String text) throws IOException {
        var file = code.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private BroughtFiles find(String... patterns) throws IOException, InterruptedException {
        return BroughtFiles.find(code, List.of(patterns), Set.of());
    }

    private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable finding) {
        var thrown = org.assertj.core.api.Assertions.catchThrowable(finding);
        assertThat(thrown).isInstanceOf(CodeSnapshot.RefusedException.class);
        return String.valueOf(thrown.getMessage());
    }

    @Test
    void patterns_name_what_git_ignores_and_what_is_not_added() throws Exception {
        assertThat(find(".env").paths()).containsExactly(".env");
        assertThat(find("*.pem", "notes.txt").paths()).containsExactly("certs/dev.pem", "notes.txt");
        assertThat(find("certs/").paths()).containsExactly("certs/dev.pem");
        assertThat(find(":(glob)**/.env").paths()).containsExactly(".env", "app/.env");
    }

    @Test
    void patterns_are_relative_to_the_folder_of_the_code_and_paths_to_the_root() throws Exception {
        assertThat(BroughtFiles.find(code.resolve("app"), List.of(".env", "../.env"), Set.of())
                        .paths())
                .containsExactly(".env", "app/.env");
    }

    @Test
    void a_folder_that_is_in_no_repository_will_do() throws Exception {
        var plain = Files.createDirectories(temporary.resolve("plain"));
        Files.writeString(plain.resolve(".env"), "A=1\n");

        assertThat(BroughtFiles.find(plain, List.of(".env"), Set.of()).paths()).containsExactly(".env");
    }

    @Test
    void a_pattern_that_matches_nothing_is_named() {
        assertThat(refusal(() -> find(".env", "missing/*"))).contains("--bring 'missing/*' matches no file");
        assertThat(refusal(() -> find("../../outside"))).contains("--bring '../../outside'", "outside");
    }

    @Test
    void a_tracked_file_is_part_of_the_code_and_need_not_be_brought() throws Exception {
        var brought = find("app/main.js", ".env");

        assertThat(brought.paths()).containsExactly(".env");
        assertThat(brought.needless()).containsExactly("app/main.js");
    }

    @Test
    void files_of_this_program_are_never_brought() throws Exception {
        write(".taskweaver/token", "secret\n");

        assertThat(BroughtFiles.find(code, List.of("."), Set.of(code.resolve(".taskweaver")))
                        .paths())
                .containsExactly(".env", "app/.env", "certs/dev.pem", "notes.txt");
    }

    @Test
    void too_many_or_too_large_files_are_refused_with_the_limit() throws Exception {
        try (var large = new RandomAccessFile(code.resolve(".env.large").toFile(), "rw")) {
            large.setLength(BroughtFiles.MOST_BYTES + 1);
        }
        assertThat(refusal(() -> find(".env*"))).contains("10,485,7", "the limit is 10,485,760", "--setup");
        Files.createDirectories(code.resolve("certs/many"));
        for (int i = 0; i <= BroughtFiles.MOST_FILES; i++) write("certs/many/" + i, "");
        assertThat(refusal(() -> find("certs"))).contains("--bring 'certs'", "1,002 files; the limit is 1,000");
    }

    @Test
    void a_link_is_brought_as_the_file_that_it_leads_to() throws Exception {
        var shared = Files.writeString(temporary.resolve("shared.env"), "SHARED=1\n");
        Files.createSymbolicLink(code.resolve(".env.local"), shared);
        Files.createSymbolicLink(code.resolve(".env.folder"), temporary);

        assertThat(find(".env.local").paths()).containsExactly(".env.local");
        assertThat(refusal(() -> find(".env.folder"))).contains(".env.folder", "no file");
    }

    @Test
    void they_travel_in_a_pack_and_arrive_with_their_bytes_and_permissions() throws Exception {
        Files.write(code.resolve("certs/dev.pem"), new byte[] {0, 1, (byte) 0xff});
        Files.setPosixFilePermissions(code.resolve("certs/dev.pem"), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(code.resolve(".env"), PosixFilePermissions.fromString("r-xr-x---"));
        try (var here = CodeRepository.open(temporary.resolve("here"));
                var there = CodeRepository.open(temporary.resolve("there"))) {
            var commit = find(".env", "certs").store(here);
            assertThat(find("certs", ".env").store(here)).isEqualTo(commit);
            there.unpack(here.pack(commit, List.of()));
            var work = Files.createDirectories(temporary.resolve("work"));

            assertThat(BroughtFiles.write(there, commit, work)).containsExactly(".env", "certs/dev.pem");

            assertThat(work.resolve("certs/dev.pem")).hasBinaryContent(new byte[] {0, 1, (byte) 0xff});
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(work.resolve("certs/dev.pem"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(work.resolve(".env"))))
                    .isEqualTo("r-xr-x---");
            assertThat(there.parentOf(commit)).isEmpty();
        }
    }

    @Test
    void nothing_is_written_through_a_link_of_the_code() throws Exception {
        try (var here = CodeRepository.open(temporary.resolve("here"))) {
            var commit = find("certs").store(here);
            var work = Files.createDirectories(temporary.resolve("work"));
            var outside = Files.createDirectories(temporary.resolve("outside"));
            Files.createSymbolicLink(work.resolve("certs"), outside);

            assertThatThrownBy(() -> BroughtFiles.write(here, commit, work)).hasMessageContaining("is a link");
            assertThat(outside).isEmptyDirectory();
        }
    }

    @Test
    void what_is_brought_is_not_part_of_the_code_although_git_does_not_ignore_it() throws Exception {
        var brought = find("notes.txt", "*.env");
        var without = new HashSet<Path>();
        for (var path : brought.paths()) without.add(brought.root().resolve(path));
        try (var into = CodeRepository.open(temporary.resolve("line"))) {
            var base = CodeSnapshot.take(code, without, into);

            assertThat(into.difference(into.emptyTree(), into.treeOf(base.commit())))
                    .extracting(EntryChange::path)
                    .containsExactly(".gitignore", "app/main.js");
        }
    }
}
