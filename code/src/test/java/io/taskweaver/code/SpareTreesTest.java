package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work trees that are made of what another one left. */
class SpareTreesTest {
    private static final int FILES = 1_500;

    @TempDir
    Path dir;

    private CodeRepository code;
    private String base;
    private String next;

    @BeforeEach
    void makeCode() throws Exception {
        var user = dir.resolve("user");
        for (int i = 0; i < FILES; i++) write(user.resolve("part" + i / 100 + "/File" + i + ".txt"), "text " + i);
        write(user.resolve("run.sh"), "echo run");
        Files.setPosixFilePermissions(user.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(user.resolve("link"), Path.of("part0/File0.txt"));
        write(user.resolve(".gitignore"), "*.log\n");
        code = CodeRepository.open(dir.resolve("line"));
        base = CodeSnapshot.take(user, Set.of(), code).commit();
        write(user.resolve("part0/File0.txt"), "changed");
        write(user.resolve("part99/New.txt"), "new");
        Files.delete(user.resolve("part1/File100.txt"));
        next = CodeSnapshot.take(user, Set.of(), code).commit();
    }

    @AfterEach
    void close() {
        code.close();
    }

    @Test
    void whatever_was_done_in_one_the_next_has_nothing_of() throws Exception {
        var tree = WorkTree.create(dir.resolve("first"), code, base);
        var mark = inode(tree.root().resolve("part2/File200.txt"));
        devastate(tree.root());

        tree.recycle(code.folder());
        assertThat(tree.root()).doesNotExist();
        assertThat(tree.index()).doesNotExist();

        var made = WorkTree.create(dir.resolve("second"), code, next);
        assertThat(inode(made.root().resolve("part2/File200.txt"))).isEqualTo(mark);
        var expected = WorkTree.create(dir.resolve("fresh"), code, next);
        assertThat(state(made.root())).isEqualTo(state(expected.root()));
        assertThat(Git.in(made.root()).text("status", "--porcelain", "--ignored", "--branch"))
                .isEqualTo("## work");
        assertThat(Git.in(made.root()).text("rev-parse", "HEAD")).isEqualTo(next);
        write(made.root().resolve("part3/File300.txt"), "by the second");
        assertThat(made.result(code, next, "", "Result", Instant.EPOCH, 1_000_000)
                        .changes())
                .singleElement()
                .satisfies(change -> assertThat(change.path()).isEqualTo("part3/File300.txt"));
    }

    @Test
    void what_a_process_still_works_in_is_not_used_again() throws Exception {
        var tree = WorkTree.create(dir.resolve("first"), code, base);
        var left = new ProcessBuilder("cat").directory(tree.root().toFile()).start();
        try {
            tree.recycle(code.folder());
        } finally {
            left.destroyForcibly().waitFor();
        }

        assertThat(tree.root()).doesNotExist();
        assertThat(code.folder().resolve("spare")).doesNotExist();
    }

    @Test
    void a_tree_with_a_submodule_is_not_used_again() throws Exception {
        var head = code.entry(code.treeOf(base), "run.sh").orElseThrow();
        var submodule = new FileEntry(FileEntry.SUBMODULE, base, 0);
        var tree = code.edit(
                code.treeOf(base), List.of(new EntryChange("run.sh", Optional.of(head), Optional.of(submodule))));
        var made = WorkTree.create(dir.resolve("first"), code, code.commit(tree, List.of(), "with", Instant.EPOCH));

        made.recycle(code.folder());

        assertThat(made.root()).doesNotExist();
        assertThat(code.folder().resolve("spare")).doesNotExist();
    }

    @Test
    void what_nobody_takes_is_removed_also_of_other_plans() throws Exception {
        WorkTree.create(dir.resolve("first"), code, base).recycle(code.folder());
        try (var spares = Files.list(code.folder().resolve("spare"))) {
            for (var spare : spares.toList())
                Files.setLastModifiedTime(spare, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        }
        try (var other = CodeRepository.open(dir.resolve("other"))) {
            var empty = other.commit(other.emptyTree(), List.of(), "empty", Instant.EPOCH);
            WorkTree.create(dir.resolve("second"), other, empty).recycle(other.folder());
        }

        assertThat(code.folder().resolve("spare")).isEmptyDirectory();
    }

    @Test
    void two_at_once_never_get_the_same_one() throws Exception {
        for (int i = 0; i < 3; i++) WorkTree.create(dir.resolve("work" + i), code, base);
        for (int i = 0; i < 3; i++) WorkTree.at(dir.resolve("work" + i)).recycle(code.folder());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var made = new ArrayList<Future<WorkTree>>();
            for (int i = 0; i < 6; i++) {
                var root = dir.resolve("made" + i);
                made.add(threads.submit(() -> WorkTree.create(root, code, next)));
            }
            made.add(threads.submit(() -> {
                WorkTree.removeSpares(code.folder());
                return WorkTree.create(dir.resolve("made6"), code, next);
            }));
            for (var each : made)
                assertThat(Git.in(each.get().root()).text("status", "--porcelain", "--ignored"))
                        .isEmpty();
        }
    }

    @Test
    void a_damaged_one_is_replaced_and_no_more_than_some_are_kept() throws Exception {
        for (int i = 0; i < 6; i++) WorkTree.create(dir.resolve("work" + i), code, base);
        for (int i = 0; i < 6; i++) WorkTree.at(dir.resolve("work" + i)).recycle(code.folder());
        try (var spares = Files.list(code.folder().resolve("spare"))) {
            var all = spares.toList();
            assertThat(all).hasSize(4);
            for (var spare : all) Files.writeString(spare.resolve("index"), "no index");
        }

        var made = WorkTree.create(dir.resolve("second"), code, next);
        assertThat(Git.in(made.root()).text("status", "--porcelain", "--ignored"))
                .isEmpty();
        WorkTree.removeSpares(code.folder());
        assertThat(code.folder().resolve("spare")).doesNotExist();
    }

    /** What agents do, and what hides it. */
    private static void devastate(Path root) throws Exception {
        Files.delete(root.resolve("part0/File1.txt"));
        write(root.resolve("part0/File2.txt"), "other text");
        // The same size and time as before.
        var hidden = root.resolve("part4/File400.txt");
        var time = Files.getLastModifiedTime(hidden);
        write(hidden, "TEXT 400");
        Files.setLastModifiedTime(hidden, time);
        write(root.resolve("build/out.log"), "ignored");
        write(root.resolve("untracked.txt"), "untracked");
        Files.createDirectories(root.resolve("empty/deep"));
        Files.delete(root.resolve("run.sh"));
        Files.createSymbolicLink(root.resolve("run.sh"), Path.of("/etc/passwd"));
        Files.delete(root.resolve("link"));
        Files.createDirectories(root.resolve("link/inside"));
        write(root.resolve("link/inside/file"), "was a link");
        write(root.resolve("part5/.git/config"), "[core]\n\tfsmonitor = touch stolen\n");
        write(root.resolve("vendor/lib/.git/HEAD"), "ref: refs/heads/main\n");
        write(root.resolve("vendor/lib/file"), "of a repository");
        run(root, "mkfifo", "pipe");
        Files.createLink(root.resolve("part6/hard"), root.resolve("part6/File600.txt"));
        Files.setPosixFilePermissions(root.resolve("part7/File700.txt"), PosixFilePermissions.fromString("rwxrwxrwx"));
        write(root.resolve(".git/info/exclude"), "*\n");
        write(root.resolve(".git/hooks/post-checkout"), "#!/bin/sh\ntouch stolen\n");
        run(root, "git", "config", "core.worktree", "/tmp");
        Files.setPosixFilePermissions(root.resolve("part8"), PosixFilePermissions.fromString("r-xr-xr-x"));
    }

    private static void run(Path folder, String... command) throws Exception {
        assertThat(new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    /** Kind, permissions and content of all that is there, except for the repository. */
    private static TreeMap<String, List<Object>> state(Path root) throws IOException {
        var state = new TreeMap<String, List<Object>>();
        try (var all = Files.walk(root)) {
            for (var path : all.toList()) {
                var name = root.relativize(path).toString();
                if (name.equals(".git") || name.startsWith(".git/")) continue;
                var permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
                Object content = Files.isSymbolicLink(path)
                        ? Files.readSymbolicLink(path)
                        : Files.isDirectory(path) ? "folder" : Files.readString(path);
                state.put(name, List.of(permissions, content));
            }
        }
        return state;
    }
}
