package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patches, applied by {@code git am} as users have it. */
class LinePatchTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    private Path folder;

    private static FileEntry text(CodeRepository code, String text) throws IOException {
        return code.file(text.getBytes(StandardCharsets.UTF_8), FileEntry.FILE);
    }

    private static EntryChange made(String path, FileEntry entry) {
        return new EntryChange(path, Optional.empty(), Optional.of(entry));
    }

    private UserAndLine story() throws Exception {
        var story = new UserAndLine(folder);
        story.write("crlf.txt", "one\r\ntwo\r\nthree\r\n");
        story.write("old name.txt", "the\nsame\nlines\nas\nbefore\n");
        story.write("gone.txt", "gone\n");
        Files.write(story.user.resolve("data.bin"), random(2000));
        story.commit("more");
        story.start();
        var code = story.code();
        var tree = code.treeOf(story.base());
        var bytes = random(3000);
        var changes = new ArrayList<EntryChange>();
        changes.add(new EntryChange("gone.txt", code.entry(tree, "gone.txt"), Optional.empty()));
        changes.add(new EntryChange("old name.txt", code.entry(tree, "old name.txt"), Optional.empty()));
        changes.add(
                made("new n\u00e4me [1]*.txt", code.entry(tree, "old name.txt").orElseThrow()));
        changes.add(made("data.bin", code.file(bytes, FileEntry.FILE)));
        changes.add(made("crlf.txt", text(code, "one\r\n2\r\nthree\r\nfour\r")));
        changes.add(made("cr \"lf\" [a]*\\x\u00fc.txt", text(code, "new\r\n")));
        changes.add(made("run.sh", code.file("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), FileEntry.EXECUTABLE)));
        changes.add(made("link", code.file("a.txt".getBytes(StandardCharsets.UTF_8), FileEntry.LINK)));
        changes.add(made("empty", text(code, "")));
        changes.add(made("\"\\374.txt\"", text(code, "no newline \u00fc")));
        changes.add(made("from.txt", text(code, "From me to you\n>From x\n-- \n---\ndiff --git a/x b/x\n")));
        story.changed("T1 All", changes);
        var next = new ArrayList<EntryChange>();
        next.add(made("run.sh", code.file("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), FileEntry.FILE)));
        next.add(made("crlf.txt", text(code, "one\n2\nthree\n")));
        return story.changed(
                "T2 \u00dcber\n\nFrom: Nobody <no@body>\n\nText\n---\nmore\n\ndiff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n"
                        + "@@ -1,1 +1,1 @@\n-one\n+evil\n\nFrom 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001",
                next);
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static LinePatch.Written.Mailbox mailbox(UserAndLine story) throws Exception {
        return (LinePatch.Written.Mailbox)
                LinePatch.mailbox(story.code(), story.line(), Optional.of(story.repository()));
    }

    @Test
    void git_am_makes_the_same_trees_of_a_mailbox() throws Exception {
        try (var story = story()) {
            var mailbox = mailbox(story);
            assertThat(mailbox.notes()).isEmpty();

            story.git.piped(mailbox.bytes(), "am", "--quiet");

            assertThat(story.git.text("rev-parse", "HEAD^{tree}"))
                    .isEqualTo(story.code().treeOf(story.head()));
            assertThat(story.git.text("rev-list", "--count", story.base() + "..HEAD"))
                    .isEqualTo("2");
            assertThat(story.git.text("log", "-1", "--format=%an %at %s"))
                    .isEqualTo("TaskWeaver 1800000001 T2 \u00dcber");
            assertThat(story.git.text("log", "-1", "--format=%b"))
                    .contains(" ---\nmore", " diff --git", "Done as asked.");
            assertThat(story.fsck()).isEqualTo("0");
        }
    }

    @Test
    void git_apply_takes_them_too() throws Exception {
        try (var story = story()) {
            story.git.piped(mailbox(story).bytes(), "apply", "--index");
            assertThat(story.git.text("write-tree")).isEqualTo(story.code().treeOf(story.head()));
        }
    }

    @Test
    void a_folder_has_a_patch_per_commit_and_none_of_before() throws Exception {
        try (var story = story()) {
            var out = folder.resolve("out\ndir");
            var written = (LinePatch.Written.PatchFiles)
                    LinePatch.files(story.code(), story.line(), Optional.of(story.repository()), out);

            assertThat(written.files())
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("0001-T1-All.patch", "0002-T2-ber.patch");
            var arguments = new ArrayList<>(List.of("am", "--quiet"));
            for (var file : written.files()) arguments.add(file.toString());
            story.git.text(arguments.toArray(String[]::new));
            assertThat(story.git.text("rev-parse", "HEAD^{tree}"))
                    .isEqualTo(story.code().treeOf(story.head()));
            assertThat(LinePatch.files(story.code(), story.line(), Optional.empty(), out))
                    .isInstanceOf(LinePatch.Written.Refused.class);
        }
    }

    @Test
    void a_folder_that_cannot_be_made_is_refused() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            var link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("none"));
            refused(story, link, "leads nowhere");
            refused(story, link.resolve("below"), "leads nowhere");
            refused(story, Path.of(""), "empty");
            refused(story, Files.createFile(folder.resolve("file")), "is a file");
            if (Files.isDirectory(Path.of("/proc/self"))) refused(story, Path.of("/proc/none"), "cannot be made");
        }
    }

    private static void refused(UserAndLine story, Path out, String why) throws Exception {
        var refused = (LinePatch.Written.Refused) LinePatch.files(story.code(), story.line(), Optional.empty(), out);
        assertThat(refused.refusal().reason()).contains(why);
        assertThat(refused.refusal().remedy()).contains("with --out");
    }

    @Test
    void work_that_was_not_committed_is_the_first_patch() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.write("new.txt", "new\n");
            story.start().merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            Files.delete(story.user.resolve("new.txt"));
            var mailbox = mailbox(story);
            assertThat(mailbox.notes()).hasSize(1);

            story.git.piped(mailbox.bytes(), "am", "--quiet");

            assertThat(story.git.text("rev-parse", "HEAD^{tree}"))
                    .isEqualTo(story.code().treeOf(story.head()));
            assertThat(story.git.text("log", "--format=%s")).isEqualTo("T1 Cart\nThe code as it is\nfirst");
        }
    }
}
