package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryStateTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void repository() throws Exception {
        git("init", "--quiet", "--initial-branch=main");
        git("commit", "--quiet", "--allow-empty", "-m", "first");
        git("tag", "kept");
    }

    private void git(String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(
                List.of("git", "-c", "user.name=Me", "-c", "user.email=me@example.com", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private RepositoryState state() throws Exception {
        return RepositoryState.of(folder.resolve(".git"));
    }

    @Test
    void reading_and_changed_files_are_no_difference() throws Exception {
        var before = state();
        Files.writeString(folder.resolve("new.txt"), "a person works here");
        git("add", "new.txt");
        git("status");

        assertThat(state().since(before)).isEmpty();
        assertThat(RepositoryState.around(folder.resolve("sub"))).hasValue(before);
    }

    @Test
    void branches_tags_work_trees_hooks_and_settings_are_named() throws Exception {
        var before = state();
        git("commit", "--quiet", "--allow-empty", "-m", "second");
        git("checkout", "--quiet", "-b", "other");
        git("pack-refs", "--all");
        git("tag", "-d", "kept");
        git("worktree", "add", "--quiet", folder.resolve("tree").toString());
        git("remote", "add", "away", "https://me:secret@example.com/x.git");
        Files.writeString(Files.createDirectories(folder.resolve(".git/hooks")).resolve("post-commit"), "#!/bin/sh\n");

        assertThat(state().since(before))
                .anyMatch(line -> line.matches("branch main moved from [0-9a-f]{10} to [0-9a-f]{10}"))
                .contains(
                        "HEAD is branch other, and was branch main",
                        "branch other is new",
                        "branch tree is new",
                        "tag kept is gone",
                        "the work tree tree is new",
                        "the configuration changed",
                        "the hook post-commit is new");
        assertThat(RepositoryState.remotes(folder.resolve(".git"))).containsExactly("away (https://example.com/x.git)");
    }
}
