package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeRepositoryTest {
    @TempDir
    private Path folder;

    @Test
    void a_pack_carries_a_commit_to_another_repository() throws Exception {
        try (var one = CodeRepository.open(folder.resolve("one"));
                var other = CodeRepository.open(folder.resolve("other"))) {
            var base = one.commit(tree(one, one.emptyTree(), "a/b/c.txt", "one\n"), List.of(), "base", Instant.EPOCH);
            var next =
                    one.commit(tree(one, one.treeOf(base), "a/d.txt", "two\n"), List.of(base), "next", Instant.EPOCH);

            other.unpack(one.pack(base, List.of()));
            other.unpack(one.pack(next, List.of(one.treeOf(base))));

            assertThat(other.difference(other.treeOf(base), other.treeOf(next)))
                    .extracting(EntryChange::path)
                    .containsExactly("a/d.txt");
            assertThat(Git.in(other.folder()).text("fsck", "--strict")).doesNotContain("missing");
        }
    }

    @Test
    void a_pack_of_many_objects_takes_the_place_of_their_files() throws Exception {
        try (var one = CodeRepository.open(folder.resolve("one"));
                var other = CodeRepository.open(folder.resolve("other"))) {
            var added = new ArrayList<EntryChange>();
            for (int i = 0; i < 300; i++)
                added.add(new EntryChange(
                        "d" + i % 7 + "/f" + i,
                        Optional.empty(),
                        Optional.of(one.file(("text " + i).getBytes(StandardCharsets.UTF_8), FileEntry.FILE))));
            var few = one.commit(tree(one, one.emptyTree(), "a.txt", "a"), List.of(), "few", Instant.EPOCH);
            var many = one.commit(one.edit(one.treeOf(few), added), List.of(few), "many", Instant.EPOCH);
            one.pack(few, List.of());
            var pack = one.pack(many, List.of(one.treeOf(few)));

            assertThat(Git.in(one.folder()).text("count-objects", "-v"))
                    .contains("count: 4\n", "in-pack: 309\n", "prune-packable: 0\n");
            assertThat(one.changes(Optional.of(few), many).orElseThrow()).hasSize(300);
            assertThat(one.pack(many, List.of(one.treeOf(few)))).isEqualTo(pack);
            other.unpack(one.pack(few, List.of()));
            other.unpack(pack);
            for (var code : List.of(one, other)) {
                assertThat(code.isComplete(many)).isTrue();
                assertThat(Git.in(code.folder()).text("fsck", "--strict")).doesNotContain("missing");
            }
        }
    }

    @Test
    void what_a_commit_changes_is_known_if_all_of_it_is_here() throws Exception {
        try (var code = CodeRepository.open(folder.resolve("line"))) {
            var base = code.commit(tree(code, code.emptyTree(), "a.txt", "a"), List.of(), "base", Instant.EPOCH);
            var next = code.commit(tree(code, code.treeOf(base), "b.txt", "b"), List.of(base), "next", Instant.EPOCH);
            var hole = new EntryChange(
                    "c.txt", Optional.empty(), Optional.of(new FileEntry(FileEntry.FILE, "ab".repeat(20), 1)));
            var holes = code.commit(code.edit(code.treeOf(next), List.of(hole)), List.of(next), "holes", Instant.EPOCH);

            assertThat(code.changes(Optional.of(base), next).orElseThrow())
                    .extracting(EntryChange::path)
                    .containsExactly("b.txt");
            assertThat(code.changes(Optional.empty(), next).orElseThrow()).hasSize(2);
            assertThat(code.changes(Optional.of(next), holes)).isEmpty();
            assertThat(code.changes(Optional.of("ab".repeat(20)), next)).isEmpty();
            assertThat(code.changes(Optional.of(base), code.treeOf(next))).isEmpty();
            assertThat(code.isComplete(code.treeOf(next))).isFalse();
        }
    }

    @Test
    void ancestors_are_looked_for_as_far_as_they_are_here() throws Exception {
        try (var code = CodeRepository.open(folder.resolve("line"))) {
            var base = code.commit(code.emptyTree(), List.of("ab".repeat(20)), "base", Instant.EPOCH);
            var next = code.commit(code.emptyTree(), List.of(base), "next", Instant.EPOCH);
            var beside = code.commit(code.emptyTree(), List.of(), "beside", Instant.EPOCH);

            assertThat(code.isAncestor(beside, next)).isFalse();
            code.cutAbove(base);
            assertThat(code.isAncestor(base, next)).isTrue();
            assertThat(code.isAncestor(beside, next)).isFalse();
        }
    }

    @Test
    void a_damaged_pack_is_refused_whatever_it_says() throws Exception {
        try (var one = CodeRepository.open(folder.resolve("one"));
                var other = CodeRepository.open(folder.resolve("other"))) {
            var tree = one.emptyTree();
            var text = "the same line, that deltas are made of\n".repeat(20);
            for (int i = 0; i < 5; i++) tree = tree(one, tree, "f" + i, text + i);
            var pack = one.pack(one.commit(tree, List.of(), "base", Instant.EPOCH), List.of());
            var random = new Random(1);
            for (int attempt = 0; attempt < 2000; attempt++) {
                var damaged = pack.clone();
                int at = random.nextInt(attempt % 4 == 0 ? 12 : pack.length - 20);
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                var sum = MessageDigest.getInstance("SHA-1");
                sum.update(damaged, 0, damaged.length - 20);
                System.arraycopy(sum.digest(), 0, damaged, damaged.length - 20, 20);
                try {
                    other.unpack(damaged);
                } catch (IOException refused) {
                    continue;
                }
            }
        }
    }

    @Test
    void a_small_pack_may_hold_a_large_file() throws Exception {
        try (var one = CodeRepository.open(folder.resolve("one"));
                var other = CodeRepository.open(folder.resolve("other"))) {
            var base = one.commit(
                    tree(one, one.emptyTree(), "zeros", "0".repeat(20 << 20)), List.of(), "base", Instant.EPOCH);

            other.unpack(one.pack(base, List.of()));

            assertThat(other.entry(other.treeOf(base), "zeros").orElseThrow().bytes())
                    .isEqualTo(20 << 20);
        }
    }

    @Test
    void a_work_tree_gives_back_what_was_done_in_it() throws Exception {
        try (var code = CodeRepository.open(folder.resolve("line"))) {
            var base = code.commit(tree(code, code.emptyTree(), "keep.txt", "one\n"), List.of(), "base", Instant.EPOCH);
            var tree = WorkTree.create(folder.resolve("work"), code, base);
            Files.writeString(tree.root().resolve("new file"), "x");
            Files.delete(tree.root().resolve("keep.txt"));
            Files.createSymbolicLink(tree.root().resolve("link"), Path.of("new file"));
            Files.createSymbolicLink(tree.root().resolve("out"), Path.of("../elsewhere"));
            WorkFolders.delete(tree.root().resolve(".git"));

            var result = tree.result(code, base, "", "result", Instant.EPOCH, 1000);

            assertThat(result.changes()).extracting(EntryChange::path).containsExactly("keep.txt", "link", "new file");
            assertThat(result.leftOut())
                    .containsExactly("out (a symbolic link to ../elsewhere, which is not inside the code)");
        }
    }

    @Test
    void a_change_in_the_second_of_the_checkout_that_keeps_the_size_is_seen_later() throws Exception {
        var user = Files.createDirectories(folder.resolve("user"));
        var git = Git.in(user);
        git.text("init", "--quiet");
        try (var code = CodeRepository.open(folder.resolve("line"))) {
            var commit = code.commit(tree(code, code.emptyTree(), "a.txt", "one\n"), List.of(), "base", Instant.EPOCH);
            var work = WorkTree.create(folder.resolve("work"), code, commit);
            Files.writeString(work.root().resolve("a.txt"), "two\n");
            Files.writeString(user.resolve("a.txt"), "one\n");
            git.text("add", ".");
            Files.writeString(user.resolve("a.txt"), "two\n");
            var written = Instant.now().getEpochSecond();
            await().until(() -> Instant.now().getEpochSecond() > written);

            var prepared = PreparedFiles.of(work, code, code.treeOf(commit));
            var result = work.result(code, commit, "", "result", Instant.EPOCH, 1000);
            var base = CodeSnapshot.take(user, Set.of(), code);

            assertThat(prepared.changed()).extracting(EntryChange::path).containsExactly("a.txt");
            assertThat(result.changes()).extracting(EntryChange::path).containsExactly("a.txt");
            assertThat(code.treeOf(base.commit())).isEqualTo(result.tree());
        }
    }

    @Test
    void names_that_only_some_systems_tell_apart_are_taken() throws Exception {
        try (var one = CodeRepository.open(folder.resolve("one"));
                var other = CodeRepository.open(folder.resolve("other"))) {
            var both = tree(one, tree(one, one.emptyTree(), "README", "a\n"), "readme", "b\n");
            var commit = one.commit(both, List.of(), "both", Instant.EPOCH);

            other.unpack(one.pack(commit, List.of()));

            assertThat(other.isComplete(commit)).isTrue();
        }
    }

    @Test
    void the_code_of_a_user_is_taken_as_git_add_takes_it() throws Exception {
        var user = Files.createDirectories(folder.resolve("user"));
        var git = Git.in(user);
        git.text("init", "--quiet");
        git.text("config", "core.autocrlf", "input");
        Files.writeString(user.resolve("a.txt"), "a\r\n");
        Files.writeString(user.resolve("secret.txt"), "not for Git\n");
        Files.writeString(user.resolve(".git/info/exclude"), "secret.txt\n");
        try (var code = CodeRepository.open(folder.resolve("line"))) {
            var base = CodeSnapshot.take(user, Set.of(), code);
            var tree = code.treeOf(base.commit());
            assertThat(code.names(tree, "").orElseThrow()).containsExactly("a.txt");
            assertThat(code.text(code.entry(tree, "a.txt").orElseThrow(), 10)).contains("a\n");
            assertThat(git.text("count-objects")).startsWith("0 objects");
        }
    }

    @Test
    void the_code_of_a_user_is_taken_with_what_is_not_committed() throws Exception {
        var user = Files.createDirectories(folder.resolve("user"));
        var git = Git.in(user);
        git.text("init", "--quiet");
        Files.writeString(user.resolve("a.txt"), "a\n");
        git.text("add", ".");
        git.text("commit", "--quiet", "--message", "first");
        Files.writeString(user.resolve("b.txt"), "b\n");
        Files.createDirectories(user.resolve(".taskweaver"));
        Files.writeString(user.resolve(".taskweaver/x"), "b\n");
        try (var code = CodeRepository.open(folder.resolve("line"))) {
            var base = CodeSnapshot.take(user, Set.of(user.resolve(".taskweaver")), code);
            assertThat(code.names(code.treeOf(base.commit()), "").orElseThrow()).containsExactly("a.txt", "b.txt");
            assertThat(git.text("count-objects")).startsWith("3 objects");
        }
    }

    private static String tree(CodeRepository code, String tree, String path, String text) throws Exception {
        var entry = code.file(text.getBytes(StandardCharsets.UTF_8), FileEntry.FILE);
        return code.edit(tree, List.of(new EntryChange(path, Optional.empty(), Optional.of(entry))));
    }
}
