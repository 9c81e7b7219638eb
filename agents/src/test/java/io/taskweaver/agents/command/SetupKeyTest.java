package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.model.Preparation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetupKeyTest {
    private static final Map<String, String> CODE = Map.of(
            "package-lock.json",
            "1",
            "packages/one/package.json",
            "{}",
            "src/main.js",
            "main",
            "tools/prepare.sh",
            "npm");

    @TempDir
    private Path folder;

    private ScriptedAgents agents;

    @BeforeEach
    void open() {
        agents = new ScriptedAgents(folder);
    }

    @AfterEach
    void close() {
        agents.close();
    }

    private SetupKey key(String command, Map<String, String> files) throws IOException {
        return SetupKey.of(code(Preparation.by(Optional.of(command)), files, ""));
    }

    private AgentCode code(Preparation preparation, Map<String, String> files, String prefix) throws IOException {
        var code = agents.code(files, prefix);
        return new AgentCode(code.repository(), code.commit(), code.tree(), prefix, preparation);
    }

    private static Map<String, String> with(String path, String text) {
        var files = new HashMap<>(CODE);
        files.put(path, text);
        return files;
    }

    @Test
    void code_that_says_nothing_of_what_is_installed_does_not_matter() throws Exception {
        assertThat(key("npm ci", with("src/main.js", "changed"))).isEqualTo(key("npm ci", CODE));
        assertThat(key("npm ci", with("src/more.js", "new"))).isEqualTo(key("npm ci", CODE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package-lock.json",
                "packages/one/package.json",
                "packages/two/package.json",
                "requirements-dev.txt",
                "backend/Cargo.lock",
                "go.sum",
                "gradle/libs.versions.toml",
                "lib/shop.gemspec"
            })
    void lock_files_and_manifests_do_in_any_folder(String path) throws Exception {
        assertThat(key("npm ci", with(path, "changed"))).isNotEqualTo(key("npm ci", CODE));
    }

    @Test
    void so_do_files_that_the_command_names() throws Exception {
        assertThat(key("bash ./tools/prepare.sh", with("tools/prepare.sh", "pnpm")))
                .isNotEqualTo(key("bash ./tools/prepare.sh", CODE));
        assertThat(key("npm ci", with("tools/prepare.sh", "pnpm"))).isEqualTo(key("npm ci", CODE));
    }

    @Test
    void so_do_the_command_its_folder_and_what_was_brought() throws Exception {
        var npm = Preparation.by(Optional.of("npm ci"));
        assertThat(key("npm ci --quiet", CODE)).isNotEqualTo(key("npm ci", CODE));
        assertThat(SetupKey.of(code(npm, CODE, "packages"))).isNotEqualTo(SetupKey.of(code(npm, CODE, "")));
        assertThat(SetupKey.of(code(npm.bringing(List.of(".npmrc"), "ab".repeat(20)), CODE, "")))
                .isNotEqualTo(SetupKey.of(code(npm, CODE, "")));
    }

    @Test
    void where_nothing_says_what_is_installed_all_of_the_code_matters() throws Exception {
        assertThat(key("./get", Map.of("a.txt", "a"))).isNotEqualTo(key("./get", Map.of("a.txt", "b")));
    }
}
