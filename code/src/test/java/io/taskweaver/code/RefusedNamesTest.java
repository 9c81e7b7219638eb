package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.FilePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Git refuses is refused at each entrance: in an answer, in a work tree, in a pack. Git itself is asked about each name. */
@SuppressWarnings("NullAway.Init") // Set before each test.
class RefusedNamesTest {
    @TempDir
    private Path folder;

    private Git git;
    private CodeRepository code;
    private String blob;
    private String base;

    @BeforeEach
    void begin() throws Exception {
        var user = Files.createDirectories(folder.resolve("user"));
        git = Git.in(user);
        git.text("init", "--quiet");
        blob = new String(git.piped(bytes("x\n"), "hash-object", "-w", "--stdin"), StandardCharsets.UTF_8).strip();
        code = CodeRepository.open(folder.resolve("line"));
        code.blob(bytes("x\n"));
        base = code.commit(code.emptyTree(), List.of(), "base", Instant.EPOCH);
    }

    @AfterEach
    void end() {
        code.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether Git adds a path to an index, where the systems of others count. */
    private boolean isAddedByGit(String path) throws Exception {
        var line = bytes("100644 " + blob + "\t" + path + "\0");
        return git.run(List.of("update-index", "-z", "--add", "--index-info"), line)
                                .code()
                        == 0
                && git.text("ls-files").lines().findAny().isPresent();
    }

    /** A tree with one name, whatever it is. */
    private String tree(Git in, String name) throws Exception {
        var tree = new ByteArrayOutputStream();
        tree.writeBytes(bytes("100644 " + name + "\0"));
        tree.writeBytes(HexFormat.of().parseHex(blob));
        return new String(
                        in.piped(tree.toByteArray(), "hash-object", "-t", "tree", "-w", "--literally", "--stdin"),
                        StandardCharsets.UTF_8)
                .strip();
    }

    /** Whether Git finds nothing wrong with a tree that has a name. */
    private boolean isSound(String name) throws Exception {
        var made = tree(git, name);
        var end = git.run(List.of("fsck", "--strict", "--no-dangling", "--no-progress"), new byte[0]);
        return !(end.errors() + new String(end.output(), StandardCharsets.UTF_8)).contains(made);
    }

    private void assertNotUnpacked(String name) throws Exception {
        var made = tree(code.git(), name);
        var pack = code.pack(code.commit(made, List.of(), "evil", Instant.EPOCH), List.of());
        try (var other = CodeRepository.open(folder.resolve("other"))) {
            assertThatThrownBy(() -> other.unpack(pack)).isInstanceOf(IOException.class);
            assertThat(other.has(made)).isFalse();
        }
    }

    /** That what an agent leaves under a name is no part of a result, if this system can have the name at all. */
    private void assertNoResult(String path) throws Exception {
        var work = WorkTree.create(folder.resolve("work"), code, base);
        try {
            var file = work.root().resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x\n");
        } catch (InvalidPathException | IOException e) {
            return; // No agent can do it either.
        }
        try {
            var result = work.result(code, base, "", "result", Instant.EPOCH, 1000);
            assertThat(result.changes()).isEmpty();
        } catch (WorkTree.UnusableException refused) {
            assertThat(refused).hasMessageContaining("invalid path");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                ".git",
                ".GIT",
                ".Git",
                ".git.",
                ".git ",
                ".git . .",
                "git~1",
                "GIT~1",
                "git~1.",
                "git~1 ",
                ".git:x",
                ".git::$INDEX_ALLOCATION",
                "git~1:x",
                "git~1::$DATA",
                ".git\\config",
                "a\\.git",
                "a\\.GIT \\b",
                "a\\git~1",
                ".g\u200cit",
                ".gi\u200dt",
                ".\u202egit",
                ".git\u200c",
                ".gi\u206at",
                "\ufeff.git",
                ".G\u200fIT",
            })
    void a_name_that_git_refuses(String name) throws Exception {
        assertThat(isAddedByGit(name)).as("added by Git").isFalse();
        assertThat(isAddedByGit("sub/" + name + "/config")).as("added by Git").isFalse();
        assertThat(isSound(name)).as("sound for Git").isFalse();

        assertThat(FilePath.problem(name)).isPresent();
        assertThat(FilePath.problem("sub/" + name + "/config")).isPresent();
        if (!name.matches("\\.+"))
            assertThat(FilePath.leadsIntoRepository("sub/" + name + "/config")).isTrue();
        assertNotUnpacked(name);
        if (!List.of(".git", ".", "..").contains(name))
            assertNoResult("sub/" + name + "/config"); // That is a repository of the agent's own.
    }

    @Test
    void a_path_with_a_nul_is_none() {
        assertThat(FilePath.problem("a\u0000b")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../a", "a/../../b", "a//b", "a/./b", "a/"})
    void a_path_that_git_refuses(String path) throws Exception {
        assertThat(isAddedByGit(path)).isFalse();
        assertThat(isSound(path)).as("as one name").isFalse();

        assertThat(FilePath.problem(path)).isPresent();
        assertNotUnpacked(path);
    }

    /** These are no names of files on some systems; Git leaves that to its users, and answers of agents do not have them. */
    @ParameterizedTest
    @ValueSource(strings = {"C:\\x", "C:/x", "c:x", "a\nb", "a\\b", "CON", "nul.txt", "a.", "b ", "a:b", "a\u202eb"})
    void a_path_that_git_takes_and_an_answer_does_not_have(String path) throws Exception {
        assertThat(isAddedByGit(path)).isTrue();

        assertThat(FilePath.problemOfNew(path)).isPresent();
        assertThat(FilePath.leadsIntoRepository(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".gitignore",
                ".gitmodules2",
                ".github",
                "git~2",
                "git~10",
                ".git~1",
                ".gitx",
                "git",
                " .git",
                ".git\u0301",
                ".g\u0131t",
                "a\\b",
                "a\\..",
                "...",
                "GITMOD~1",
                "gi7eba~1",
                "a.git",
                ".gi t"
            })
    void a_name_that_git_takes(String name) throws Exception {
        assertThat(isAddedByGit(name)).isTrue();
        assertThat(isSound(name)).isTrue();

        assertThat(FilePath.leadsIntoRepository(name)).isFalse();
        var commit = code.commit(tree(code.git(), name), List.of(), "good", Instant.EPOCH);
        try (var other = CodeRepository.open(folder.resolve("other"))) {
            other.unpack(code.pack(commit, List.of()));
            assertThat(other.isComplete(commit)).isTrue();
        }
    }

    private static final Map<String, String> TRICKS = Map.of(
            "gitmodulesUrl", "[submodule \"a\"]\n\tpath = a\n\turl = -u./x\n",
            "gitmodulesUpdate", "[submodule \"a\"]\n\tpath = a\n\turl = x\n\tupdate = !touch x\n",
            "gitmodulesName", "[submodule \"../a\"]\n\tpath = a\n\turl = x\n",
            "gitmodulesPath", "[submodule \"a\"]\n\tpath = -a\n\turl = x\n");

    private Map<String, String> refusals(String path, String text, int mode) throws Exception {
        var entry = code.file(bytes(text), mode);
        return GitRefusals.in(
                code,
                List.of(
                        new EntryChange(path, Optional.empty(), Optional.of(entry)),
                        new EntryChange(
                                "other.txt", Optional.empty(), Optional.of(code.file(bytes("x"), FileEntry.FILE)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".gitmodules",
                ".GitModules",
                "sub/.gitmodules",
                ".gitmodules ",
                "gitmod~1",
                "gi7eba~1",
                ".git\u200cmodules"
            })
    void submodules_that_git_refuses_are_refused_under_each_name_that_a_system_takes_for_it(String path)
            throws Exception {
        for (var trick : TRICKS.entrySet())
            assertThat(refusals(path, trick.getValue(), FileEntry.FILE))
                    .as(trick.getKey())
                    .hasEntrySatisfying(path, said -> assertThat(said).startsWith(trick.getKey()))
                    .hasSize(1);
        assertThat(refusals(path, "[submodule \"a\"]\n\tpath = a\n\turl = https://x/a.git\n", FileEntry.FILE))
                .isEmpty();
        assertThat(refusals(path, "elsewhere", FileEntry.LINK).get(path)).startsWith("gitmodulesSymlink");
        assertThat(refusals(path + "/x", "x", FileEntry.FILE).get(path + "/x")).contains("gitmodulesBlob");
    }

    @Test
    void attributes_that_git_cannot_read_are_refused() throws Exception {
        assertThat(refusals(".gitattributes", "a".repeat(3000), FileEntry.FILE).get(".gitattributes"))
                .startsWith("gitattributesLineLength");
        assertThat(refusals(".gitattributes", "*.txt text\n", FileEntry.FILE)).isEmpty();
    }

    @Test
    void an_agents_result_goes_on_without_what_git_refuses() throws Exception {
        var work = WorkTree.create(folder.resolve("work"), code, base);
        Files.writeString(work.root().resolve("a.txt"), "a\n");
        Files.writeString(work.root().resolve(".gitmodules"), TRICKS.get("gitmodulesUpdate"));

        var result = work.result(code, base, "", "result", Instant.EPOCH, 1000);

        assertThat(result.changes()).extracting(EntryChange::path).containsExactly("a.txt");
        assertThat(result.leftOut())
                .containsExactly(".gitmodules (Git refuses it: gitmodulesUpdate: disallowed submodule update setting:"
                        + " !touch x)");
        assertThat(code.git()
                        .run(List.of("fsck", "--full", "--strict", result.commit()), new byte[0])
                        .code())
                .isZero();
    }
}
