package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.BaseCommit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoriesTest {
    @TempDir
    Path folder;

    private Git repository() throws Exception {
        var git = new Git(folder);
        git.text("init", "--quiet");
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/a.txt"), "a\n");
        Files.writeString(folder.resolve(".gitignore"), "*.log\n");
        git.text("add", "--all");
        git.text("commit", "--quiet", "--message", "first");
        return git;
    }

    @Test
    void a_clean_working_tree_is_the_commit_that_is_checked_out() throws Exception {
        var git = repository();
        assertThat(Repositories.base(folder))
                .hasValue(new BaseCommit(folder.toRealPath().toString(), git.text("rev-parse", "HEAD")));
    }

    @Test
    void a_dirty_one_is_taken_as_it_is_and_stays_as_it_is() throws Exception {
        var git = repository();
        Files.writeString(folder.resolve("sub/a.txt"), "changed\n");
        Files.writeString(folder.resolve("new.txt"), "new\n");
        Files.writeString(folder.resolve("x.log"), "log\n");
        git.text("add", "new.txt");
        var before = git.text("status", "--porcelain");

        var base = Repositories.base(folder.resolve("sub")).orElseThrow();

        assertThat(git.text("show", base.commit() + ":sub/a.txt")).isEqualTo("changed");
        assertThat(git.text("ls-tree", "-r", "--name-only", base.commit()))
                .contains("new.txt")
                .doesNotContain("x.log");
        assertThat(git.text("status", "--porcelain")).isEqualTo(before);
        assertThat(Repositories.base(folder.resolve("sub"))).hasValue(base);
        assertThat(base.folder()).endsWith("sub");
    }

    @Test
    void a_repository_without_a_commit_has_its_files() throws Exception {
        var git = new Git(folder);
        git.text("init", "--quiet");
        Files.writeString(folder.resolve("a.txt"), "a\n");

        assertThat(git.text("show", Repositories.base(folder).orElseThrow().commit() + ":a.txt"))
                .isEqualTo("a");
    }

    @Test
    void a_shallow_clone_will_do() throws Exception {
        var git = repository();
        Files.writeString(folder.resolve("b.txt"), "b\n");
        git.text("add", "--all");
        git.text("commit", "--quiet", "--message", "second");
        var clone = folder.resolve("clone");
        git.text("clone", "--quiet", "--depth", "1", folder.toUri().toString(), clone.toString());

        assertThat(Repositories.base(clone))
                .hasValue(new BaseCommit(clone.toRealPath().toString(), git.text("rev-parse", "HEAD")));
    }

    @Test
    void a_bare_repository_and_a_folder_in_none_have_no_base() throws Exception {
        assertThat(Repositories.base(folder)).isEmpty();
        new Git(folder).text("init", "--quiet", "--bare", "bare.git");
        assertThat(Repositories.base(folder.resolve("bare.git"))).isEmpty();
    }
}
