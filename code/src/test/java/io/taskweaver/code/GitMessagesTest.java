package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitMessagesTest {
    @TempDir
    private Path folder;

    @Test
    void that_git_must_be_installed_is_said_only_if_it_is_missing() throws Exception {
        assertThat(Git.in(folder).text("version")).startsWith("git version");
        assertThatThrownBy(() -> Git.in(folder.resolve("gone")).text("version"))
                .isInstanceOf(Git.GitException.class)
                .hasMessage("the folder " + folder.resolve("gone") + " does not exist");
        assertThatThrownBy(() -> Git.in(folder).text("rev-parse", "HEAD"))
                .isInstanceOf(Git.GitException.class)
                .hasMessageStartingWith("git rev-parse failed in " + folder)
                .hasMessageNotContaining("install");
    }
}
